package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.reversibility.State;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.SamplePlan;
import org.junit.jupiter.api.Test;

class LogicalWayTest {
  private final CheckedSource world = new CheckedSource();

  @Test
  void isOpenAndLosesNothingWhereEveryChangeIsImported() {
    WayBack way = world.measure();

    assertThat(way.state()).as(way.findings().toString()).isEqualTo(State.OPEN);
    assertThat(way.loses()).startsWith("nothing acknowledged");
  }

  @Test
  void losesWhatThePlanAbandonsAndNamesTheTables() {
    world.plan = SamplePlan.abandoning(world.plan, "shop.sessions", "shop.carts");
    WayBack way = world.measure();

    assertThat(way.state()).as(way.findings().toString()).isEqualTo(State.LOSES);
    assertThat(way.loses())
        .isEqualTo("what is written to tables that the plan abandons (shop.sessions, shop.carts)");
    assertThat(way.why()).contains("shop.sessions, shop.carts").contains("kept as an archive");
  }
}
