package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Ledger;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.SwitchTopology;
import dev.repli.plan.Node;
import dev.repli.route.proxysql.ProxySql;
import dev.repli.writerswitch.SwitchDriver.End;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rollback and cutover between real servers through HAProxy, judged by the log of a client of its
 * own.
 */
class RealSwitchIT {
  static final String BUDGETS = "  lease: 10s\n  gateWait: 7s\n  gate: 20ms\n";
  private static final int PER_SECOND = 300;

  @TempDir Path directory;

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(
            "11.4.5 to 11.4.5", ServerInstallation.fromMaven(), ServerInstallation.fromMaven()),
        Arguments.of(
            "11.8 to 10.11",
            ServerInstallation.unpacked("mariadb-10.11"),
            ServerInstallation.unpacked("mariadb-11.8")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void movesTheWriterBackAndForthUnderLoadAndLosesNothing(
      String name, ServerInstallation source, ServerInstallation target) {
    try (SwitchTopology topology =
            SwitchTopology.start(directory.resolve("lab"), source, target, BUDGETS);
        SwitchContext repli =
            SwitchContext.start(topology.plans(), directory.resolve("data"), SwitchObserver.NONE)) {
      topology.write(PER_SECOND);
      move(topology, repli, "s1", Direction.TO_SOURCE);
      move(topology, repli, "s2", Direction.TO_TARGET);
      move(topology, repli, "s3", Direction.TO_SOURCE);
      SwitchTopology.Verdict verdict = topology.verdict(Node.Role.SOURCE);
      assertThat(verdict.acknowledged()).isGreaterThan(100);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
    }
  }

  @Test
  void movesTheWriterThroughProxySqlAndLosesNothing() {
    assumeThat(ProxySql.program())
        .as("proxysql is not installed, so the switch through it is not tested here")
        .isPresent();
    try (SwitchTopology topology =
            SwitchTopology.startBehindProxySql(
                directory.resolve("lab"), ServerInstallation.fromMaven(), BUDGETS);
        SwitchContext repli =
            SwitchContext.start(topology.plans(), directory.resolve("data"), SwitchObserver.NONE)) {
      topology.write(PER_SECOND);
      move(topology, repli, "s1", Direction.TO_SOURCE);
      move(topology, repli, "s2", Direction.TO_TARGET);
      assertThat(leftAfterHold(repli, topology)).containsExactly("0", "0");
      SwitchTopology.Verdict verdict = topology.verdict(Node.Role.TARGET);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
    }
  }

  /** Zero means that neither the probe's session nor a client's was tied to the old writer. */
  private static List<String> leftAfterHold(SwitchContext repli, SwitchTopology topology) {
    Journal journal = repli.bean(Journal.class);
    return Stream.of("s1", "s2")
        .map(id -> repli.request(topology, id, Direction.TO_SOURCE).run())
        .flatMap(run -> journal.read(run).stream())
        .map(JournalEntry::evidence)
        .filter(Evidence.Measured.class::isInstance)
        .map(Evidence.Measured.class::cast)
        .filter(measured -> measured.what().equals("sessions in use after hold"))
        .map(Evidence.Measured::value)
        .toList();
  }

  private static void move(
      SwitchTopology topology, SwitchContext repli, String switchId, Direction direction) {
    int before = topology.acknowledged();
    await().until(() -> topology.acknowledged() > before + PER_SECOND / 2);
    SwitchRequest request = repli.request(topology, switchId, direction);
    WriterSwitch writerSwitch = repli.writerSwitch();
    assertThat(SwitchDriver.walk(writerSwitch, request))
        .as(() -> "switch " + switchId + ": " + Journals.text(repli, request))
        .isEqualTo(End.MOVED);
    assertThat(writerSwitch.reverse(request, false)).isEqualTo(PhaseResult.DONE);
    Ledger ledger = writerSwitch.ledger(request, false).orElseThrow();
    assertThat(ledger.probed()).isTrue();
    assertThat(ledger.acknowledged()).isPositive();
    assertThat(ledger.lost()).isZero();
    assertThat(ledger.duplicated()).isZero();
    assertThat(ledger.writeOutage()).isPresent();
    int after = topology.acknowledged();
    await().until(() -> topology.acknowledged() > after + PER_SECOND / 2);
  }
}
