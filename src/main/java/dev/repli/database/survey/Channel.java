package dev.repli.database.survey;

import dev.repli.plan.Endpoint;
import java.util.Map;

/**
 * One incoming replication channel.
 *
 * @param name empty for the usual one
 * @param receiving the IO thread runs and is connected
 * @param applying the SQL thread runs
 * @param sourceServerId 0 when it has never been connected
 * @param usingGtid {@code No}, or the position it follows
 * @param delaySeconds how long it holds changes back on purpose
 * @param ioErrorNumber of the IO thread's last error, 0 when none
 * @param sqlErrorNumber of the SQL thread's last error, 0 when none
 * @param filters its own filters, by name, only those that are set
 */
public record Channel(
    String name,
    Endpoint from,
    String user,
    boolean receiving,
    boolean applying,
    long sourceServerId,
    String usingGtid,
    boolean tls,
    boolean verifiesTls,
    long delaySeconds,
    int ioErrorNumber,
    String ioError,
    int sqlErrorNumber,
    String sqlError,
    Map<String, String> filters) {
  public Channel {
    filters = Map.copyOf(filters);
  }

  /** Both errors in one text; empty when none. */
  public String errors() {
    return (said(ioErrorNumber, ioError) + " " + said(sqlErrorNumber, sqlError)).strip();
  }

  private static String said(int number, String text) {
    return number == 0 && text.isBlank() ? "" : "error " + number + " " + text;
  }
}
