package dev.repli.database.jdbc;

import dev.repli.database.survey.Server;
import dev.repli.database.survey.Version;
import dev.repli.plan.Node;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Settings, counters and the clock; the same words on MariaDB and MySQL. */
public final class ServerSurvey {
  private final Node.Kind kind;
  private final String fenceVariable;

  /**
   * @param fenceVariable global variable that refuses application writes
   */
  public ServerSurvey(Node.Kind kind, String fenceVariable) {
    this.kind = kind;
    this.fenceVariable = fenceVariable;
  }

  public Server read(SqlLink link) {
    Map<String, String> variables = pairs(link, "SHOW GLOBAL VARIABLES");
    Map<String, String> status = pairs(link, "SHOW GLOBAL STATUS");
    String fence = variables.getOrDefault(fenceVariable, "OFF");
    Instant asked = Instant.now();
    long begin = System.nanoTime();
    BigDecimal seconds =
        link.row("reading the clock", "SELECT UNIX_TIMESTAMP(NOW(6))", row -> row.getBigDecimal(1))
            .orElseThrow();
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - begin);
    Instant there = Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue());
    return new Server(
        Version.of(kind, variables.getOrDefault("version", "")),
        Long.parseLong(variables.getOrDefault("server_id", "0")),
        fence.equals("ON") || fence.equals("1"),
        Duration.between(asked.plus(roundTrip.dividedBy(2)), there),
        roundTrip,
        variables,
        status);
  }

  private static Map<String, String> pairs(SqlLink link, String statement) {
    Map<String, String> pairs = new HashMap<>();
    var unused =
        link.rows(
            "reading settings",
            statement,
            row -> {
              String value = row.getString(2);
              return pairs.put(
                  row.getString(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
            });
    return pairs;
  }
}
