package dev.repli.communication.jdbc;

import dev.repli.communication.OldMessages;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_message} that nobody needs any more. */
@Component
class JdbcOldMessages implements OldMessages {
  private static final String SILENT =
      " max(made_at) < :before and max(ended_at) < :before"
          + " and sum(case when state in ('DUE', 'DRAFT') then 1 else 0 end) = 0";

  private final JdbcClient jdbc;

  JdbcOldMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<String> silentSince(Instant before, int most) {
    return jdbc.sql(
            "select run_key from repli_message where run_key <> '' group by run_key having"
                + SILENT
                + " order by min(id) limit :most")
        .param("before", before.toEpochMilli())
        .param("most", most)
        .query(String.class)
        .list();
  }

  @Override
  public int forget(String run, Instant before) {
    List<String> silent =
        jdbc.sql(
                "select run_key from repli_message where run_key = :run group by run_key having"
                    + SILENT)
            .param("run", run)
            .param("before", before.toEpochMilli())
            .query(String.class)
            .list();
    return silent.isEmpty()
        ? 0
        : jdbc.sql(
                "delete from repli_message where run_key = :run and made_at < :before and state"
                    + " not in ('DUE', 'DRAFT')")
            .param("run", run)
            .param("before", before.toEpochMilli())
            .update();
  }
}
