package dev.repli.incident;

import dev.repli.incident.AlertLedger.Known;
import dev.repli.plan.Criterion;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Optional;

/** One alert and what it means. */
record AlertMatch(Alert alert, String id, Criterion criterion, Instant at) {
  Known known(Optional<RunKey> run) {
    return new Known(id, criterion, alert.firing(), at, run);
  }

  AlertMatch at(Instant moment) {
    return new AlertMatch(alert, id, criterion, moment);
  }
}
