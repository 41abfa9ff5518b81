package dev.repli.journal.jdbc;

import dev.repli.journal.Evidence;
import dev.repli.journal.JournalEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** {@code repli_write_outage_seconds}: the write outage of each ledger, as its probe saw it. */
final class JournalMetrics implements JournalListener {
  private final MeterRegistry meters;

  JournalMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void committed(JournalEntry entry) {
    if (entry.evidence() instanceof Evidence.LedgerSigned signed) {
      signed
          .ledger()
          .writeOutage()
          .ifPresent(
              outage ->
                  Timer.builder("repli.write.outage")
                      .description(
                          "Last write acknowledged by the old writer to the first by the new")
                      .register(meters)
                      .record(outage));
    }
  }
}
