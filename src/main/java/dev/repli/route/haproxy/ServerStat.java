package dev.repli.route.haproxy;

import dev.repli.route.ConnectionLimit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One server's line of {@code show stat}.
 *
 * @param status {@code UP}, {@code UP 1/3}, {@code DOWN}, {@code MAINT}, {@code DRAIN}, {@code no
 *     check}, …
 * @param sessions sessions on it now
 * @param limit how many of them it may have
 */
record ServerStat(String name, String status, int sessions, int limit) {
  /** Whether HAProxy sends new connections to it. */
  boolean getsNewWork() {
    return status.startsWith("UP") || status.equals("no check");
  }

  /** Whether an operator (or Repli) keeps it out, whatever its health checks say. */
  boolean isOut() {
    return status.startsWith("MAINT");
  }

  /**
   * Reads the CSV; columns are found by their names, since versions add some.
   *
   * @throws IllegalArgumentException when it is not that CSV, for example {@code No such proxy.}
   */
  static List<ServerStat> parse(String csv) {
    if (!csv.startsWith("# ")) {
      throw new IllegalArgumentException(csv.lines().findFirst().orElse("empty answer"));
    }
    List<String> columns =
        Arrays.asList(csv.lines().findFirst().orElse("").substring(2).split(","));
    int name = column(columns, "svname");
    int status = column(columns, "status");
    int sessions = column(columns, "scur");
    int limit = column(columns, "slim");
    return lines(csv)
        .map(
            cells ->
                new ServerStat(
                    cells[name],
                    cells[status],
                    Integer.parseInt(cells[sessions]),
                    limit(cells[limit])))
        .toList();
  }

  private static int limit(String cell) {
    return cell.isEmpty() || cell.equals("0") ? ConnectionLimit.NONE : Integer.parseInt(cell);
  }

  private static Stream<String[]> lines(String csv) {
    return csv.lines().skip(1).filter(line -> !line.isBlank()).map(line -> line.split(",", -1));
  }

  private static int column(List<String> columns, String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + name);
    }
    return index;
  }
}
