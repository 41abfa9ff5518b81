package dev.repli.communication.jdbc;

import dev.repli.communication.Reading;
import dev.repli.run.RunKey;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_message_cursor}. */
@Component
class JdbcReading implements Reading {
  private final JdbcClient jdbc;

  JdbcReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public long of(RunKey run) {
    return jdbc.sql("select seq from repli_message_cursor where run_key = ?")
        .param(run.value())
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  @Override
  public void reached(RunKey run, long seq) {
    if (move(run, seq) == 0) {
      try {
        jdbc.sql("insert into repli_message_cursor (run_key, seq) values (?, ?)")
            .params(run.value(), seq)
            .update();
      } catch (DuplicateKeyException e) {
        // another Repli read it at the same time, or has read further
        move(run, seq);
      }
    }
  }

  /** Never back. */
  private int move(RunKey run, long seq) {
    return jdbc.sql("update repli_message_cursor set seq = ? where run_key = ? and seq < ?")
        .params(seq, run.value(), seq)
        .update();
  }
}
