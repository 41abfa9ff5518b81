package dev.repli.lab;

import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a show of several switches cost, by the client's own log.
 *
 * @param total the whole log against what the last writer has
 * @param unknown writes of the whole log that got no answer
 */
record SwitchReport(List<Line> switches, TrafficVerdict total, int unknown) {
  SwitchReport {
    switches = List.copyOf(switches);
  }

  /**
   * One switch.
   *
   * @param outage last acknowledgement by the old writer to the first by the new one
   * @param refused writes that the client was told are not done
   * @param cut connections that ended without an answer
   * @param notConnected attempts to connect that failed
   * @param proved whether Repli's probe wrote, too
   * @param ledgerLost lost by Repli's own ledger; -1 when there is none
   * @param ledgerDuplicated likewise
   */
  record Line(
      String runbook,
      Node.Role to,
      Optional<Duration> outage,
      int refused,
      int cut,
      int notConnected,
      boolean proved,
      long ledgerLost,
      long ledgerDuplicated) {

    private String inWords(int number) {
      return "  %d  %-9s to %-7s %14s %9d %9d %14d %15d / %d"
          .formatted(
              number,
              runbook,
              to.word(),
              outage.map(time -> "%.1f ms".formatted(time.toNanos() / 1e6)).orElse("not seen"),
              refused,
              cut,
              notConnected,
              ledgerLost,
              ledgerDuplicated);
    }
  }

  /** Why this is not a good result; empty when it is one. */
  Optional<String> wrong() {
    if (!total.sound()) {
      return Optional.of("the client's log and the last writer do not agree");
    }
    for (Line line : switches) {
      if (line.outage().isEmpty()) {
        return Optional.of("a new writer acknowledged no order of the client: " + line);
      }
      if (!line.proved() || line.ledgerLost() != 0 || line.ledgerDuplicated() != 0) {
        return Optional.of("a ledger does not prove that nothing was lost: " + line);
      }
    }
    return Optional.empty();
  }

  String inWords() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < switches.size(); i++) {
      lines.append(switches.get(i).inWords(i + 1)).append('\n');
    }
    return """

        By the client's own log, and in the last column by Repli's ledger:
              switch                 write outage   refused   cut off  not connected   lost / duplicated
        %s
        %d orders acknowledged, %d lost, %d duplicated. Of %d without an answer %d are there."""
        .formatted(
            lines,
            total.acknowledged(),
            total.lost(),
            total.duplicated(),
            unknown,
            total.unacknowledged());
  }
}
