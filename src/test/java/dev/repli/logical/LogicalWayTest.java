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
    assertThat(way.why()).contains("shop.sessions, shop.carts").contains("are an archive");
  }

  @Test
  void isClosedOnceReadingHasComeToWhatCannotBeRead() {
    world.unreadable("0-2-9", "app.history");
    WayBack way = world.measure();

    assertThat(way.state()).as(way.findings().toString()).isEqualTo(State.CLOSED);
    assertThat(way.why()).contains("rows of app.history cannot be read").contains("in place");
  }

  @Test
  void isOpenAgainWhenThePlanAbandonsTheTableThatCannotBeRead() {
    world.unreadable("0-2-9", "app.history");
    world.plan = SamplePlan.abandoning(world.plan, "app.history");

    assertThat(world.measure().state()).isEqualTo(State.LOSES);
  }

  @Test
  void isOpenAgainWhenTheSourceHasWhatCouldNotBeRead() {
    world.unreadable("0-2-1", "app.history");
    world.sourceHasOneTransaction();

    assertThat(world.measure().state()).isEqualTo(State.OPEN);
  }

  @Test
  void staysClosedByATwoPhaseTransactionWhateverThePlanAbandons() {
    world.unreadable("0-2-9", "");
    world.plan = SamplePlan.abandoning(world.plan, "app.history");

    assertThat(world.measure().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void namesTablesWhoseFirstChangeWillCloseIt() {
    world.database.target().answer(CarriedTables.OTHER_KINDS, "app.history,app.numbers");
    world.plan = SamplePlan.abandoning(world.plan, "app.numbers");
    WayBack way = world.measure();

    assertThat(way.state()).isEqualTo(State.LOSES);
    assertThat(way.closes()).contains("app.history (").doesNotContain("app.numbers");
  }
}
