package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.ImportLook;
import dev.repli.reversibility.State;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void saysThatItsTimeIsNotMeasuredYet() {
    WayBack way = world.measure();

    assertThat(way.takes()).contains("0 transactions; how long is not measured yet");
    assertThat(way.expected()).isEmpty();
  }

  @Test
  void takesAsLongAsEarlierDeltasOfThisPlan() {
    world.database.source().replication().stall(true);
    world.database.target().writeRegardless("app", "1");
    world.database.target().writeRegardless("app", "2");
    world.carried(1000, 10, Duration.ofSeconds(2), Duration.ofSeconds(8));

    WayBack way = world.measure();

    assertThat(way.expected()).contains(Duration.ofSeconds(2));
    assertThat(way.takes())
        .contains("(2 transactions; about 2 s, as measured: 200 changes to read at 500/s")
        .contains("to import at 125/s, from 1 earlier run, the newest of 2026-03-01T12:00:00Z)");
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

  @Test
  void isClosedWhereTheImportCannotLogIn() {
    world.unknown = world.plan.source().account().user();

    assertThat(closed())
        .contains("account " + world.unknown + " imports")
        .contains("access denied");
  }

  @Test
  void isClosedWhereTheImportMayWriteNothing() {
    world.imports =
        new ImportLook.Seen(List.of("it may not write while the node is fenced"), Map.of());

    assertThat(closed())
        .contains("may not write while the node is fenced")
        .contains("delta.account");
  }

  @Test
  void isClosedWhereChangesDoNotCarryTheWholeRow() {
    world.database.target().answer("SELECT @@GLOBAL.binlog_row_image", "MINIMAL");

    assertThat(closed()).contains("binlog_row_image").contains("MINIMAL: SET GLOBAL");
  }

  private String closed() {
    WayBack way = world.measure();
    assertThat(way.state()).as(way.findings().toString()).isEqualTo(State.CLOSED);
    return way.why();
  }

  @Test
  void namesTablesAtWhichAnImportWouldStop() {
    world.imports =
        new ImportLook.Seen(
            List.of(), Map.of("app.log", "engine MyISAM", "app.old", "engine Aria"));
    world.plan = SamplePlan.abandoning(world.plan, "app.old");

    assertThat(world.measure().closes()).contains("app.log (engine MyISAM)").doesNotContain("Aria");
  }

  @Test
  void namesTablesThatAreOtherwiseOnTheSource() {
    world.ofTarget =
        Map.of(
            "app.same", List.of("id", "Name"),
            "app.more", List.of("id", "added"),
            "app.fewer", List.of("id"),
            "app.new", List.of("id"),
            "app.scrap", List.of("id"));
    world.ofSource =
        Map.of(
            "app.same", List.of("name", "ID"),
            "app.more", List.of("id"),
            "app.fewer", List.of("id", "dropped"),
            "app.source_only", List.of("id"));
    world.plan = SamplePlan.abandoning(world.plan, "app.scrap");

    assertThat(world.measure().closes())
        .contains("app.more (lacks added, add as on the target)")
        .contains("app.fewer (has dropped that the target has not, take away first)")
        .contains("app.new (not on the source, or its import account may not see it)")
        .doesNotContain("app.same")
        .doesNotContain("app.source_only")
        .doesNotContain("app.scrap");
  }
}
