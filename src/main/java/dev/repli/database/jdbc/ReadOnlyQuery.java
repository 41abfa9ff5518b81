package dev.repli.database.jdbc;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A query of the plan: one statement, in a transaction that cannot write, bounded in time. */
public final class ReadOnlyQuery {
  private static final Duration MARGIN = Duration.ofSeconds(1);
  private final SqlLink link;
  private final String setBound;
  private final int unitsPerSecond;

  /**
   * @param setBound statement to which the bound is appended; 0 means none
   * @param unitsPerSecond 1 where the server takes seconds, 1000 where it takes milliseconds
   */
  public ReadOnlyQuery(SqlLink link, String setBound, int unitsPerSecond) {
    this.link = link;
    this.setBound = setBound;
    this.unitsPerSecond = unitsPerSecond;
  }

  /** First column of the first row. The server ends the query when it takes longer. */
  public Optional<String> text(String sql, Duration atMost) {
    String doing = "running a check of the plan";
    double bound = atMost.toMillis() / 1000.0 * unitsPerSecond;
    String format = unitsPerSecond == 1 ? "%.3f" : "%.0f";
    link.look(doing, setBound + String.format(Locale.ROOT, format, bound));
    link.look(doing, "START TRANSACTION READ ONLY");
    link.limit(atMost.plus(MARGIN));
    try {
      return link.text(doing, sql);
    } finally {
      link.usualLimit();
      link.look(doing, "ROLLBACK");
      link.look(doing, setBound + "0");
    }
  }
}
