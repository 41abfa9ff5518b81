package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.Positions;
import dev.repli.delta.stream.OrderStream.Begun;
import dev.repli.logical.CutoverMark.Handover;
import dev.repli.logical.EarlierImports.Earlier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The stand of a MySQL, whose GTIDs say nothing of a MariaDB. How far it is in the target's history
 * stands with the imports; what it wrote by itself is what it has since the cutover without what
 * imports have counted there, each in the transaction that it counts.
 */
final class MySqlStand {
  static final String NO_CUTOVER =
      "no cutover of this Repli is in the journal: nobody can say from where this MySQL misses what"
          + " the target wrote; copy it anew, or go on forward";

  static final String COUNTED =
      "SELECT COUNT(*) FROM information_schema.tables"
          + " WHERE table_schema = 'repli_probe' AND table_name = 'delta_commits'";

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Pattern GTID_SET = Pattern.compile("[0-9A-Za-z_:,\\s-]+");
  private static final Pattern NUMBERS = Pattern.compile("([0-9]+)(?:-([0-9]+))?");

  /** A commit may be between its row and its id, and a stream may still run. */
  private static final int MOST_LOOKS = 20;

  private MySqlStand() {}

  static SourceStand of(NodeSession source, Optional<Handover> cutover, List<Earlier> imports) {
    Position at =
        cutover.flatMap(Handover::opened).orElseThrow(() -> new IllegalStateException(NO_CUTOVER));
    for (Earlier one : imports) {
      if (one.at().isPresent()) {
        at = SharedHistory.furtherOfServer(at, one.at().get());
      }
    }
    return new SourceStand(at, own(source, cutover.flatMap(Handover::history)));
  }

  /**
   * Who starts a stream by hand says that the source has everything up to there. Before it has
   * written one transaction nothing but that word says so.
   *
   * @param at where the source stands without it
   * @return for people, who have to say which of both holds; empty when there is no doubt
   */
  static Optional<String> doubt(Optional<Begun> stream, Position at, List<Earlier> imports) {
    return stream
        .filter(begun -> imports.stream().noneMatch(one -> one.id().equals(begun.id())))
        .filter(begun -> !Positions.covers(at, begun.from()))
        .map(
            begun ->
                "not known: %s (%s started a stream there, which has written nothing yet) or %s (as Repli knows, and from where this rollback imports). If it is the first, rows of tables without a key come twice: let that stream write one transaction, then look again"
                    .formatted(begun.from(), begun.who(), at));
  }

  private static Optional<String> own(NodeSession source, Optional<Position> history) {
    if (history.filter(known -> GTID_SET.matcher(known.value()).matches()).isEmpty()) {
      return Optional.of(
          "not known: the cutover did not write down what this MySQL had (gtid_executed)");
    }
    boolean counted = source.queryText(COUNTED, LIMIT).filter("1"::equals).isPresent();
    String question = question(history.get(), counted);
    String before = "";
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      String now = source.queryText(question, LIMIT).orElse("");
      if (!now.isEmpty() && now.equals(before)) {
        return own(now);
      }
      before = now;
    }
    return Optional.of("not known: it takes transactions all the time; stop the reverse stream");
  }

  /** Its gtid_mode, whether it still has what it had, what was counted since, what is more. */
  static String question(Position history, boolean counted) {
    String had = "'" + history.value() + "'";
    String sum =
        counted
            ? "(SELECT COALESCE(SUM(commits), 0) FROM repli_probe.delta_commits"
                + " WHERE GTID_SUBSET(%s, begun))".formatted(had)
            : "0";
    return "SELECT CONCAT_WS('|', @@GLOBAL.gtid_mode, GTID_SUBSET(%s, @@GLOBAL.gtid_executed), %s,"
            .formatted(had, sum)
        + " GTID_SUBTRACT(@@GLOBAL.gtid_executed, %s))".formatted(had);
  }

  private static Optional<String> own(String answer) {
    String[] parts = answer.split("\\|", 4);
    if (!parts[0].equals("ON")) {
      return Optional.of(
          "not known: its gtid_mode is %s, so what it writes has no ids".formatted(parts[0]));
    }
    if (!parts[1].equals("1")) {
      return Optional.of("not known: its gtid_executed was reset since the cutover");
    }
    long more = transactions(parts[3]) - Long.parseLong(parts[2]);
    if (more < 0) {
      return Optional.of("not known: imports have counted more transactions than it has");
    }
    return more == 0
        ? Optional.empty()
        : Optional.of(more + " transactions that no import of Repli wrote");
  }

  /** In a GTID set; a tag between server and numbers is no number. */
  static long transactions(String set) {
    long count = 0;
    for (String server : set.split(",", -1)) {
      String[] parts = server.strip().split(":", -1);
      for (int i = 1; i < parts.length; i++) {
        var numbers = NUMBERS.matcher(parts[i].strip());
        if (numbers.matches()) {
          long first = Long.parseLong(numbers.group(1));
          String last = numbers.group(2);
          count += last == null ? 1 : Long.parseLong(last) - first + 1;
        }
      }
    }
    return count;
  }
}
