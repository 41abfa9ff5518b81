package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.host.Cancellation;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkWatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedImportTest {
  private final List<Amount> told = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();

  private final class Told implements WorkWatch {
    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void progress(long done, long of, String unit) {
      told.add(new Amount(done, of, unit));
    }

    @Override
    public void mine() {
      // it is
    }

    @Override
    public void stillHeld() {
      // it is
    }
  }

  /** Else the remaining time of one that goes on after a kill would be far too short. */
  @Test
  void tellsHowFarThisAttemptIsOfWhatItHasToDo() {
    WatchedImport attempt = new WatchedImport(new Told(), 300, 400);
    assertThat(attempt.committed(new ImportCounts(325, 325, 0, 0, 0))).isTrue();
    assertThat(told).containsExactly(new Amount(25, 100, "changes imported"));
    cancellation.request();
    assertThat(attempt.committed(new ImportCounts(350, 350, 0, 0, 0))).isFalse();
  }
}
