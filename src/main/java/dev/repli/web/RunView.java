package dev.repli.web;

import dev.repli.run.Runs.Run;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the API shows it.
 *
 * @param state {@code active} or {@code ended}
 */
record RunView(
    String key,
    String runbook,
    String plan,
    String requestedBy,
    boolean dryRun,
    String state,
    Optional<String> result,
    boolean late,
    List<String> waitingFor,
    Instant startedAt,
    Optional<Instant> endedAt,
    Map<String, String> links) {

  static RunView of(Run run) {
    String self = address(run).toString();
    return new RunView(
        run.key().value(),
        run.runbook(),
        run.plan().value(),
        run.requestedBy(),
        run.dryRun(),
        run.result().isPresent() ? "ended" : "active",
        run.result(),
        run.late(),
        run.waitingFor(),
        run.startedAt(),
        run.endedAt(),
        Map.of(
            "self", self,
            "timeline", self + "/timeline",
            "ledger", self + "/ledger",
            "report", self + "/report"));
  }

  /** A key has no character that an address would have to escape. */
  static URI address(Run run) {
    return URI.create("/api/runs/" + run.key());
  }

  /** Refuses a start, naming the run that is in the way. */
  static Problem busy(Run run) {
    return Problem.of(
            org.springframework.http.HttpStatus.CONFLICT,
            "plan-busy",
            "Plan "
                + run.plan()
                + " is busy with run "
                + run.key()
                + ". Nothing was started; wait for its end or abort it.")
        .with("run", of(run));
  }
}
