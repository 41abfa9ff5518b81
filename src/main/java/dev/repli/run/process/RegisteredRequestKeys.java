package dev.repli.run.process;

import dev.repli.run.RequestKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Idempotency keys in Repli's own database; the primary key decides between equal requests. */
final class RegisteredRequestKeys implements RequestKeys {
  private static final Duration KEPT = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final Clock clock;

  RegisteredRequestKeys(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Use use(String caller, String key, String requestHash) {
    jdbc.sql("delete from repli_request_key where seen_at < ?")
        .param(clock.instant().minus(KEPT).toEpochMilli())
        .update();
    Optional<String> seen = hashOf(caller, key);
    if (seen.isEmpty() && insert(caller, key, requestHash)) {
      return Use.ALLOWED;
    }
    return seen.or(() -> hashOf(caller, key)).filter(requestHash::equals).isPresent()
        ? Use.ALLOWED
        : Use.TAKEN;
  }

  private boolean insert(String caller, String key, String requestHash) {
    try {
      jdbc.sql(
              "insert into repli_request_key (caller, request_key, request_hash, seen_at)"
                  + " values (?, ?, ?, ?)")
          .params(caller, key, requestHash, clock.instant().toEpochMilli())
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  private Optional<String> hashOf(String caller, String key) {
    return jdbc.sql(
            "select request_hash from repli_request_key where caller = ? and request_key = ?")
        .params(caller, key)
        .query(String.class)
        .optional();
  }
}
