package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real 10.11 upgraded to 11.8 goes back to a moment that people chose. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class InPlaceEndIT extends OnUpgradedLab {
  static Stream<Named<Function<UpgradedLab.Middle, String>>> ends() {
    return Stream.of(
        Named.of("GTID", UpgradedLab.Middle::gtid),
        Named.of("time", middle -> middle.time().toString()),
        Named.of("place in a binary log", UpgradedLab.Middle::place));
  }

  private WorkOrder order(String end) {
    return new WorkOrder(
        new RunKey("INC-7"), lab.plan, false, Map.of("inPlaceDelta", "ABANDON", "inPlaceEnd", end));
  }

  private void refuses(String end, String why) {
    assertThatThrownBy(() -> bench.rollback.chooseEnd(order(end), new InPlaceBench.Watch(0)))
        .isInstanceOf(InPlaceException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void bringsBackTheMomentThatPeopleChoseAlthoughItIsKilledBeforeEachChange(
      Function<UpgradedLab.Middle, String> chosen) throws Exception {
    WorkOrder order = order(chosen.apply(lab.middle));
    bench.perform(InPlaceStep.INSPECT, order);
    refusesWhatIsNotInTheLogs();
    assertThat(bench.rollback.chooseEnd(order, new InPlaceBench.Watch(0)))
        .isInstanceOf(WorkResult.Done.class);
    saysWhatIsGivenUp(order);

    for (InPlaceStep step : InPlaceStep.values()) {
      bench.performKilledAtEachChange(step, order);
    }

    assertThat(lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.checksum("app.orders")).isEqualTo(lab.middle.orders());
    assertThat(lab.ask("SELECT GROUP_CONCAT(id, '=', v ORDER BY id) FROM app.old"))
        .isEqualTo("1=1,2=2");
    assertThat(
            lab.ask(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'later `one'"))
        .isEqualTo("0");
  }

  private void refusesWhatIsNotInTheLogs() throws Exception {
    InPlaceFacts facts = InPlaceFacts.read(bench.journal, new RunKey("INC-7"));
    int colon = lab.middle.place().indexOf(':');
    String file = lab.middle.place().substring(0, colon);
    long offset = Long.parseLong(lab.middle.place().substring(colon + 1));
    refuses(file + ":" + (offset - 1), "is inside transaction " + lab.middle.gtid());
    refuses("0-4711-" + Gtids.between("", lab.middle.gtid()), "is not in the binary logs");
    refuses(lab.ask("SELECT @@gtid_binlog_pos"), "the upgrade at " + facts.upgrade());
    refuses("2001-01-01T00:00:00Z", "the first transaction after the backup is");
    refuses("2200-01-01T00:00:00Z", "nothing was written between it and the upgrade");
  }

  private void saysWhatIsGivenUp(WorkOrder order) {
    InPlaceFacts facts = InPlaceFacts.read(bench.journal, order.run());
    RecoveryEnd end = RecoveryEnd.read(bench.journal, order.run()).orElseThrow();
    assertThat(end.gtid()).isEqualTo(lab.middle.gtid());
    assertThat(end.givenUp())
        .isGreaterThanOrEqualTo(4)
        .isEqualTo(Gtids.between(end.gtid(), facts.upgrade()));
    InPlaceView.Choice choice = bench.view.chosen(order.run(), lab.plan, "ABANDON");
    assertThat(choice.end()).isEqualTo("up to " + end);
    assertThat(choice.text())
        .contains("given up from there to the upgrade** | **" + end.givenUp() + " transactions**")
        .contains("**all: 5 transactions, and what comes until the stop**");
  }
}
