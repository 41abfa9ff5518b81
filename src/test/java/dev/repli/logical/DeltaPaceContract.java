package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.logical.DeltaPace.Leg;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What everything that keeps measurements does. */
public abstract class DeltaPaceContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final PlanId SHOP = new PlanId("shop");

  /** The same one each time, empty at first. */
  protected abstract DeltaPace pace();

  private static Leg leg(PlanId plan, DeltaPart part, int minute) {
    return new Leg(
        plan,
        part,
        new RunKey("INC-" + minute),
        5_000_000_000L,
        7,
        Duration.ofMillis(1234),
        NOON.plus(Duration.ofMinutes(minute)));
  }

  @Test
  void keepsTheNewestOfEachPlanAndPart() {
    pace().keep(leg(SHOP, DeltaPart.IMPORT, 2));
    pace().keep(leg(SHOP, DeltaPart.IMPORT, 3));
    pace().keep(leg(SHOP, DeltaPart.IMPORT, 1));
    pace().keep(leg(SHOP, DeltaPart.EXTRACT, 4));
    pace().keep(leg(new PlanId("books"), DeltaPart.IMPORT, 5));

    assertThat(pace().newest(SHOP, DeltaPart.IMPORT, 2))
        .containsExactly(leg(SHOP, DeltaPart.IMPORT, 3), leg(SHOP, DeltaPart.IMPORT, 2));
    assertThat(pace().newest(new PlanId("none"), DeltaPart.IMPORT, 2)).isEmpty();
  }
}
