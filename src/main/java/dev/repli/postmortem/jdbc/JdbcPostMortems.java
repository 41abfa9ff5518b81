package dev.repli.postmortem.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.plan.PlanId;
import dev.repli.postmortem.Action;
import dev.repli.postmortem.Learned;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortem.State;
import dev.repli.postmortem.PostMortems;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_post_mortem} and {@code repli_post_mortem_action}. */
@Component
@DependsOnDatabaseInitialization
class JdbcPostMortems implements PostMortems {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> CHARTS = new TypeReference<>() {};
  private final JdbcClient jdbc;

  JdbcPostMortems(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void keep(PostMortem made) {
    if (update(made) == 0) {
      refuseAnother(made.run(), made.rollback());
      jdbc.sql(
              "insert into repli_post_mortem (run_key, plan_id, state, made_at, author, words,"
                  + " markdown, html, charts, rollback_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .params(values(made))
          .update();
    }
  }

  private int update(PostMortem made) {
    return jdbc.sql(
            "update repli_post_mortem set run_key = ?, plan_id = ?, state = ?, made_at = ?,"
                + " author = ?, words = ?, markdown = ?, html = ?, charts = ?"
                + " where rollback_key = ? and run_key = ? and state <> 'FINAL'")
        .params(values(made))
        .param(made.run().value())
        .update();
  }

  private void refuseAnother(RunKey run, RunKey rollback) {
    find(rollback)
        .filter(now -> now.state() == State.FINAL || !now.run().equals(run))
        .ifPresent(
            now -> {
              throw new IllegalStateException(
                  "the post-mortem of %s stays as run %s made it (%s); %s cannot change it"
                      .formatted(rollback, now.run(), now.state(), run));
            });
  }

  private static List<Object> values(PostMortem made) {
    return List.of(
        made.run().value(),
        made.plan().value(),
        made.state().name(),
        made.madeAt().toEpochMilli(),
        made.author(),
        json(made.learned()),
        made.markdown(),
        made.html(),
        json(made.charts()),
        made.rollback().value());
  }

  @Override
  public Optional<PostMortem> find(RunKey key) {
    return jdbc
        .sql("select * from repli_post_mortem where rollback_key = ? or run_key = ?")
        .params(key.value(), key.value())
        .query(JdbcPostMortems::postMortem)
        .list()
        .stream()
        .findFirst();
  }

  @Override
  public void promise(RunKey rollback, List<Action> actions) {
    find(rollback).ifPresent(now -> refuseAnother(now.run(), rollback));
    jdbc.sql("delete from repli_post_mortem_action where rollback_key = ?")
        .param(rollback.value())
        .update();
    for (Action action : actions) {
      jdbc.sql(
              "insert into repli_post_mortem_action (rollback_key, place, owner, due_on, what,"
                  + " state) values (?, ?, ?, ?, ?, ?)")
          .params(
              rollback.value(),
              action.place(),
              action.owner(),
              action.due().toString(),
              action.what(),
              action.state().name())
          .update();
    }
  }

  @Override
  public List<Action> actions(RunKey rollback) {
    return jdbc.sql("select * from repli_post_mortem_action where rollback_key = ? order by place")
        .param(rollback.value())
        .query(
            (row, number) ->
                new Action(
                    row.getInt("place"),
                    row.getString("owner"),
                    LocalDate.parse(row.getString("due_on")),
                    row.getString("what"),
                    Action.State.valueOf(row.getString("state"))))
        .list();
  }

  /** Days are kept as they are written: 2027-01-31. */
  @Override
  public List<RunKey> overdue(LocalDate today) {
    return jdbc.sql(
            "select distinct made.rollback_key from repli_post_mortem made"
                + " join repli_post_mortem_action promised"
                + " on promised.rollback_key = made.rollback_key"
                + " where made.state = 'FINAL' and promised.state = 'OPEN'"
                + " and promised.due_on < ? order by made.rollback_key")
        .param(today.toString())
        .query((row, number) -> new RunKey(row.getString(1)))
        .list();
  }

  @Override
  public void ended(RunKey rollback, int place, Action.State state) {
    jdbc.sql("update repli_post_mortem_action set state = ? where rollback_key = ? and place = ?")
        .params(state.name(), rollback.value(), place)
        .update();
  }

  private static PostMortem postMortem(ResultSet row, int number) throws SQLException {
    return new PostMortem(
        new RunKey(row.getString("rollback_key")),
        new RunKey(row.getString("run_key")),
        new PlanId(row.getString("plan_id")),
        State.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("made_at")),
        row.getString("author"),
        read(row.getString("words"), new TypeReference<Learned>() {}),
        row.getString("markdown"),
        row.getString("html"),
        read(row.getString("charts"), CHARTS));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a post-mortem cannot be written as JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a kept post-mortem is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
