package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.host.Cancellation;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.lab.ServerInstallation;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real 10.11 upgraded to 11.8 goes back, with what was written on both sides of the upgrade. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class InPlaceRollbackIT {
  @TempDir Path folder;
  private final InPlaceBench bench = new InPlaceBench();
  private final Journal journal = bench.journal;
  private final InPlaceRollback rollback = bench.rollback;

  @SuppressWarnings("NullAway.Init") // made before each test
  private UpgradedLab lab;

  @BeforeEach
  void upgrade() throws Exception {
    assumeThat(ServerInstallation.isUnpacked("mariadb-10.11")).as("scripts/fetch-servers").isTrue();
    assumeThat(ServerInstallation.isUnpacked("mariadb-11.8")).as("scripts/fetch-servers").isTrue();
    lab = new UpgradedLab(folder);
  }

  @AfterEach
  void end() {
    bench.close();
    if (lab != null) {
      lab.close();
    }
  }

  private WorkOrder order(String run, Map<String, String> facts) {
    return new WorkOrder(new RunKey(run), lab.plan, false, facts);
  }

  @Test
  void bringsBackEverythingAlthoughItIsKilledBeforeEachChange() throws Exception {
    Map<String, String> atTheEnd = lab.tables();
    assertThat(atTheEnd).isNotEqualTo(lab.atTheUpgrade);
    undoneAfterTheSwap();
    assertThat(lab.ask("SELECT VERSION()")).startsWith("11.8");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(atTheEnd);

    Instant begun = Instant.now();
    for (InPlaceStep step : InPlaceStep.values()) {
      bench.performKilledAtEachChange(step, order("INC-2", Map.of()));
    }
    assertThat(closedFor("INC-2"))
        .isLessThan(since(begun))
        .isGreaterThan(
            Duration.between(at("INC-2", "IN_PLACE_FENCED"), at("INC-2", "IN_PLACE_OPENED")));

    assertThat(lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(atTheEnd);
    assertThat(folder.resolve("server"))
        .isDirectoryContaining(path -> path.toString().endsWith("data.repli-kept-INC-2"))
        .isDirectoryNotContaining(path -> path.toString().contains("restored"));
  }

  private static Duration since(Instant moment) {
    return Duration.between(moment, Instant.now());
  }

  private Instant at(String run, String milestone) {
    return journal.newestMilestone(new RunKey(run), milestone).orElseThrow().at();
  }

  /** As the journal says it. */
  private Duration closedFor(String run) {
    JournalEntry said =
        journal.newestMilestone(new RunKey(run), "IN_PLACE_WRITES_AGAIN").orElseThrow();
    Milestone milestone = (Milestone) said.evidence();
    return Duration.ofMillis(Long.parseLong(milestone.facts().get("outageMs")));
  }

  private void undoneAfterTheSwap() {
    WorkOrder order = order("INC-1", Map.of());
    Instant begun = Instant.now();
    for (InPlaceStep step : InPlaceStep.values()) {
      if (step.compareTo(InPlaceStep.SWAP) <= 0) {
        assertThat(rollback.perform(step, order, new InPlaceBench.Watch(0)))
            .isInstanceOf(WorkResult.Done.class);
      }
    }
    assertThat(rollback.undo(order, new InPlaceBench.Watch(0))).isInstanceOf(WorkResult.Done.class);
    assertThat(closedFor("INC-1")).isPositive().isLessThan(since(begun));
  }

  private void writesTheCommandsDownAndRunsNone() throws Exception {
    Map<String, String> before = lab.tables();
    WorkOrder dry = new WorkOrder(new RunKey("INC-0"), lab.plan, true, Map.of());
    assertThat(rollback.perform(InPlaceStep.INSPECT, dry, new InPlaceBench.Watch(0)))
        .isInstanceOf(WorkResult.Done.class);
    assertThat(rollback.rehearse(dry, new InPlaceBench.Watch(0)))
        .isInstanceOf(WorkResult.Done.class);

    assertThat(
            journal.read(dry.run()).stream()
                .map(JournalEntry::evidence)
                .filter(CommandRun.class::isInstance)
                .map(CommandRun.class::cast)
                .filter(run -> run.outcome().startsWith("dry run"))
                .map(CommandRun::command)
                .reduce("", (one, other) -> one + "\n" + other))
        .containsSubsequence(
            "mkdir",
            "cp -a",
            "--prepare",
            "read_only",
            lab.machine.stop().get(0),
            "data.repli-kept-INC-0",
            "/bin/ln -sfn",
            lab.machine.start().get(0),
            "mariadb-binlog",
            "mariadb-binlog",
            "read_only");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(before);
    assertThat(folder.resolve("server"))
        .isDirectoryNotContaining(path -> path.toString().contains("INC-0"));
  }

  /** Somebody with all rights writes right before a change. */
  private final class LateWriter implements WorkWatch {
    private final String moment;
    private boolean written;

    LateWriter(String moment) {
      this.moment = moment;
    }

    @Override
    public Cancellation cancellation() {
      return new Cancellation();
    }

    @Override
    public void progress(long done, long of, String unit) {}

    @Override
    public void mine() {
      boolean due = journal.newestMilestone(new RunKey("INC-4"), moment).isPresent();
      if (due && !written) {
        written = true;
        try (Connection connection = lab.server.connect();
            Statement sql = connection.createStatement()) {
          sql.execute("INSERT INTO app.orders (item) VALUES ('too late')");
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void leavesOutWhatIsWrittenAfterTheEndWasNoted() throws Exception {
    Map<String, String> atTheEnd = lab.tables();
    WorkOrder order = order("INC-4", Map.of());
    LateWriter late = new LateWriter(InPlaceFacts.End.FENCED);
    for (InPlaceStep step : InPlaceStep.values()) {
      assertThat(rollback.perform(step, order, late)).isInstanceOf(WorkResult.Done.class);
    }

    assertThat(late.written).isTrue();
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(lab.tables()).isEqualTo(atTheEnd);
  }

  @Test
  void bringsBackTheMomentOfTheUpgradeWhereTheRestIsGivenUp() throws Exception {
    writesTheCommandsDownAndRunsNone();
    WorkOrder order = order("INC-3", Map.of("inPlaceDelta", "ABANDON"));
    InPlaceBench.Watch watch = new InPlaceBench.Watch(0);
    for (InPlaceStep step : InPlaceStep.values()) {
      assertThat(rollback.perform(step, order, watch)).isInstanceOf(WorkResult.Done.class);
    }

    assertThat(watch.told)
        .containsSubsequence("running switchBack", "starting the server")
        .anyMatch(told -> told.matches("of [0-9]+ tables compared"))
        .anyMatch(told -> told.matches("of [0-9]+ bytes of the backup"))
        .anyMatch(told -> told.matches("of [0-9]+ bytes read"));
    assertThat(lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(lab.tables()).isEqualTo(lab.atTheUpgrade);
  }
}
