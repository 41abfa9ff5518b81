package dev.repli.longwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every store of work behaves like this. */
public abstract class WorkRecordsContract {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");
  private static final String WORK = "restore";

  @SuppressWarnings("NullAway.Init") // made before each test
  private WorkRecords records;

  protected abstract WorkRecords records();

  @BeforeEach
  void make() {
    records = records();
  }

  @Test
  void keepsWhoWorksAndHowFarItIs() {
    long token = records.begin(RUN, WORK, "a", T0);

    assertThat(records.beat(RUN, WORK, token, new Amount(3, 12, "bytes"), T0.plusSeconds(6)))
        .isTrue();
    WorkProgress found = records.of(RUN).get(0);
    assertThat(found)
        .isEqualTo(
            new WorkProgress(
                WORK,
                token,
                "a",
                State.RUNNING,
                new Amount(3, 12, "bytes"),
                T0,
                T0.plusSeconds(6),
                ""));
    assertThat(found.amount().percent()).contains(25);
    assertThat(found.remaining()).contains(Duration.ofSeconds(18));
  }

  @Test
  void takesASignOfLifeWhoseUnitIsLong() {
    long token = records.begin(RUN, WORK, "a", T0);

    assertThat(records.beat(RUN, WORK, token, new Amount(3, 0, "changes of ".repeat(9)), T0))
        .isTrue();
    assertThat(records.of(RUN).get(0).amount().unit()).startsWith("changes of ");
  }

  @Test
  void letsNobodyChangeAnythingWithAnOldToken() {
    long late = records.begin(RUN, WORK, "a", T0);
    long newest = records.begin(RUN, WORK, "b", T0.plusSeconds(9));

    assertThat(newest).isGreaterThan(late);
    assertThat(records.isOf(RUN, WORK, late)).isFalse();
    assertThat(records.beat(RUN, WORK, late, new Amount(9, 9, "bytes"), T0.plusSeconds(10)))
        .isFalse();
    records.end(RUN, WORK, late, State.DONE, "", T0.plusSeconds(10));
    assertThat(records.isOf(RUN, WORK, newest)).isTrue();
    assertThat(records.of(RUN).get(0).node()).isEqualTo("b");
  }

  @Test
  void keepsWhyItFailedAndBeginsAgainUnderANewToken() {
    long token = records.begin(RUN, WORK, "a", T0);
    records.end(RUN, WORK, token, State.FAILED, "x".repeat(5000), T0.plusSeconds(1));

    assertThat(records.isOf(RUN, WORK, token)).isFalse();
    assertThat(records.of(RUN).get(0).text()).hasSize(2000).endsWith("…");
    long again = records.begin(RUN, WORK, "a", T0.plusSeconds(5));
    assertThat(again).isGreaterThan(token);
    assertThat(records.of(RUN).get(0).state()).isEqualTo(State.RUNNING);
    assertThat(records.of(RUN).get(0).text()).isEmpty();
  }

  @Test
  void letsNobodyGoOnWithTheWorkOfARunThatWasRetired() {
    long token = records.begin(RUN, WORK, "a", T0);
    long done = records.begin(RUN, "prepare", "a", T0);
    records.end(RUN, "prepare", done, State.DONE, "", T0);
    RunKey other = new RunKey("INC-2");
    long others = records.begin(other, WORK, "a", T0);

    records.retire(RUN);

    assertThat(records.isOf(RUN, WORK, token)).isFalse();
    assertThat(records.beat(RUN, WORK, token, Amount.UNKNOWN, T0.plusSeconds(1))).isFalse();
    assertThat(records.of(RUN))
        .extracting(WorkProgress::state)
        .containsExactlyInAnyOrder(State.CANCELLED, State.DONE);
    assertThat(records.isOf(other, WORK, others)).isTrue();
    assertThat(records.begin(RUN, WORK, "b", T0)).isGreaterThan(token + 1);
  }

  @Test
  void listsTheWorkOfARunAsItBegan() {
    long unused = records.begin(RUN, "prepare", "a", T0);
    unused = records.begin(RUN, "apply", "a", T0.plusSeconds(1));
    unused = records.begin(new RunKey("INC-2"), "restore", "a", T0);
    unused = records.begin(RUN, "prepare", "a", T0.plusSeconds(2));

    assertThat(records.of(RUN)).extracting(WorkProgress::work).containsExactly("prepare", "apply");
  }
}
