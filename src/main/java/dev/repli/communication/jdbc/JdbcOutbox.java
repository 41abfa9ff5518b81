package dev.repli.communication.jdbc;

import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_message}. */
@Component
class JdbcOutbox implements Outbox {
  private static final List<String> TURNING =
      Arrays.stream(Moment.values())
          .filter(moment -> moment.opens() || moment.closes())
          .map(Moment::name)
          .toList();

  private static final List<String> CLOSING =
      Arrays.stream(Moment.values()).filter(Moment::closes).map(Moment::name).toList();

  private final JdbcClient jdbc;

  JdbcOutbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean put(Message message) {
    try {
      jdbc.sql(
              "insert into repli_message (message_key, plan_id, run_key, channel, audience, moment,"
                  + " facts, state, made_at, due_at, tries, claimed_by, claimed_until, ended_at,"
                  + " problem) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0, ?, '')")
          .params(
              message.key(),
              message.plan().value(),
              message.run(),
              message.channel(),
              message.audience().name(),
              message.moment().name(),
              MessageRow.json(message.facts()),
              message.state().name(),
              message.madeAt().toEpochMilli(),
              message.madeAt().toEpochMilli(),
              message.state() == State.SENT ? message.madeAt().toEpochMilli() : 0)
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  @Override
  public Set<Address> waiting(Instant now) {
    return new LinkedHashSet<>(
        jdbc.sql(
                "select plan_id, channel from repli_message where state = 'DUE' group by plan_id,"
                    + " channel having min(due_at) <= ? and max(claimed_until) < ?")
            .params(now.toEpochMilli(), now.toEpochMilli())
            .query((row, number) -> new Address(new PlanId(row.getString(1)), row.getString(2)))
            .list());
  }

  @Override
  public List<Message> claim(Address address, String by, Instant now, Instant until, int most) {
    if (!waiting(now).contains(address)) {
      return List.of();
    }
    List<Long> wanted =
        jdbc.sql(
                "select id from repli_message where plan_id = ? and channel = ? and state = 'DUE'"
                    + " order by id limit ?")
            .params(address.plan().value(), address.channel(), most)
            .query(Long.class)
            .list();
    if (wanted.isEmpty()) {
      return List.of();
    }
    int taken =
        jdbc.sql(
                "update repli_message set tries = tries + case when claimed_until > 0 then 1 else 0"
                    + " end, claimed_by = :by, claimed_until = :until where id in (:wanted) and"
                    + " state = 'DUE' and claimed_until < :now")
            .param("by", by)
            .param("until", until.toEpochMilli())
            .param("wanted", wanted)
            .param("now", now.toEpochMilli())
            .update();
    List<Message> claimed = claimed(address, by);
    if (taken < wanted.size()) {
      // another Repli was faster with some: what came after them must not overtake them
      later(claimed, now, "", false);
      return List.of();
    }
    return claimed;
  }

  private List<Message> claimed(Address address, String by) {
    return jdbc.sql(
            "select * from repli_message where plan_id = ? and channel = ? and state = 'DUE' and"
                + " claimed_by = ? order by id")
        .params(address.plan().value(), address.channel(), by)
        .query(MessageRow::of)
        .list();
  }

  @Override
  public void sent(List<Message> messages, Instant at, String problem) {
    end(messages, State.SENT, at, problem);
  }

  @Override
  public void dead(List<Message> messages, Instant at, String problem) {
    end(messages, State.DEAD, at, problem);
  }

  private void end(List<Message> messages, State state, Instant at, String problem) {
    for (Message message : messages) {
      jdbc.sql(
              "update repli_message set state = ?, ended_at = ?, problem = ?, tries = tries + 1,"
                  + " claimed_by = '', claimed_until = 0 where id = ? and state = 'DUE'")
          .params(state.name(), at.toEpochMilli(), MessageRow.cut(problem), message.id())
          .update();
    }
  }

  @Override
  public void later(List<Message> messages, Instant dueAt, String problem, boolean tried) {
    for (Message message : messages) {
      jdbc.sql(
              "update repli_message set due_at = ?, problem = ?, tries = tries + ?,"
                  + " claimed_by = '', claimed_until = 0 where id = ? and state = 'DUE'")
          .params(dueAt.toEpochMilli(), MessageRow.cut(problem), tried ? 1 : 0, message.id())
          .update();
    }
  }

  @Override
  public boolean isUnderway(Address address, Instant now) {
    return jdbc.sql(
                "select count(*) from repli_message where plan_id = ? and channel = ? and state ="
                    + " 'DUE' and claimed_until >= ?")
            .params(address.plan().value(), address.channel(), now.toEpochMilli())
            .query(Long.class)
            .single()
        > 0;
  }

  @Override
  public List<Instant> deliveries(Address address, Instant since) {
    return jdbc.sql(
            "select distinct ended_at from repli_message where plan_id = ? and channel = ? and"
                + " state = 'SENT' and ended_at > ? order by ended_at")
        .params(address.plan().value(), address.channel(), since.toEpochMilli())
        .query((row, number) -> Instant.ofEpochMilli(row.getLong(1)))
        .list();
  }

  @Override
  public List<Message> ofRun(String run) {
    return jdbc.sql("select * from repli_message where run_key = ? order by id")
        .param(run)
        .query(MessageRow::of)
        .list();
  }

  @Override
  public List<Message> newest(String channel, int most) {
    return jdbc.sql("select * from repli_message where channel = ? order by id desc limit ?")
        .params(channel, most)
        .query(MessageRow::of)
        .list();
  }

  @Override
  public List<Message> shown(PlanId plan, int most) {
    return jdbc.sql(
            "select * from repli_message where plan_id = ? and channel = ? and state = 'SENT'"
                + " order by id desc limit ?")
        .params(plan.value(), Message.STATUS_PAGE, most)
        .query(MessageRow::of)
        .list();
  }

  /**
   * One that was dropped was told elsewhere: it opens or closes as well. So does an end that people
   * did not want to be told here.
   */
  @Override
  public List<Message> turning(PlanId plan) {
    return jdbc.sql(
            "select * from repli_message where id in (select max(id) from repli_message where"
                + " plan_id = :plan and channel = :page and moment in (:turning) and (state in"
                + " ('SENT', 'DROPPED') or (state = 'REFUSED' and moment in (:closing)))"
                + " group by run_key) order by id")
        .param("plan", plan.value())
        .param("page", Message.STATUS_PAGE)
        .param("turning", TURNING)
        .param("closing", CLOSING)
        .query(MessageRow::of)
        .list();
  }

  @Override
  public List<ChannelState> channels() {
    return jdbc.sql(
            "select plan_id, channel, sum(case when state = 'DUE' then 1 else 0 end) as due_count,"
                + " sum(case when state = 'SENT' then 1 else 0 end) as sent_count,"
                + " sum(case when state = 'DEAD' then 1 else 0 end) as dead_count"
                + " from repli_message group by plan_id, channel order by plan_id, channel")
        .query(
            (row, number) -> {
              Address at = new Address(new PlanId(row.getString(1)), row.getString(2));
              return new ChannelState(
                  at, row.getLong(3), row.getLong(4), row.getLong(5), problem(at));
            })
        .list();
  }

  private String problem(Address at) {
    return jdbc.sql(
            "select problem from repli_message where plan_id = ? and channel = ? and problem <> ''"
                + " and state in ('DUE', 'DEAD', 'SENT') order by id desc limit 1")
        .params(at.plan().value(), at.channel())
        .query(String.class)
        .optional()
        .orElse("");
  }
}
