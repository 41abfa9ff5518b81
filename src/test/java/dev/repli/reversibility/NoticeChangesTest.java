package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.run.KnownPlans;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NoticeChangesTest {
  private final AtomicInteger measured = new AtomicInteger();
  private String seen = "replicating";
  private final NoticeChanges notice =
      new NoticeChanges(new KnownPlans("shop"), any -> seen, measured::incrementAndGet);

  private void look(int times) {
    for (int look = 0; look < times; look++) {
      notice.tick();
    }
  }

  @Test
  void hasTheWaysBackMeasuredOnceForWhatIsAnotherThanBefore() {
    look(10);
    assertThat(measured).as("nothing has changed").hasValue(0);
    seen = "stopped";
    look(10);
    assertThat(measured).hasValue(1);
    seen = "replicating";
    look(10);
    assertThat(measured).hasValue(2);
  }

  @Test
  void staysQuietAboutWhatWasSeenOnlyOnce() {
    look(2);
    seen = "nobody writes";
    look(1);
    seen = "replicating";
    look(5);

    assertThat(measured).hasValue(0);
  }
}
