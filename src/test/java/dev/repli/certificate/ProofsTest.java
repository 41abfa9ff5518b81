package dev.repli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.ReadBack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each proof is green when it can be, and red for the reason that it is there for. */
class ProofsTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase database = new FakeDatabase(time);
  private final Plan plan =
      SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));

  /** Half a second passes at each look, so that a row that never comes is given up. */
  private final ReadBack impatient =
      new ReadBack(
          () -> time.instant().toEpochMilli() * 1_000_000L,
          () -> time.advance(Duration.ofMillis(500)));

  private List<Finding> ask(Proof proof, Node.Role writer) {
    Duration lease = Duration.ofMinutes(1);
    try (NodeSession source = database.connect(plan.source(), lease, ActLog.NONE);
        NodeSession target = database.connect(plan.target(), lease, ActLog.NONE)) {
      return proof.inspect(new Situation(plan, source, target, writer));
    }
  }

  private List<Finding> bad(Proof proof) {
    return ask(proof, Node.Role.SOURCE).stream().filter(f -> f.verdict() == Verdict.BAD).toList();
  }

  private CanaryProof canary() {
    return new CanaryProof(reference -> "secret", time, impatient, StreamCanary.NONE);
  }

  // the window of the sample plan is three days
  @ParameterizedTest
  @CsvSource({
    "binlog_expire_logs_seconds, 262800, true",
    "binlog_expire_logs_seconds, 262799, false",
    "binlog_expire_logs_seconds, 0,      true",
    "expire_logs_days,           4.0,    true",
    "expire_logs_days,           3.0,    false",
    "max_connections,            1,      false"
  })
  void binaryLogsHaveToOutliveTheWindow(String setting, String value, boolean good) {
    database.source().setting("binlog_expire_logs_seconds", "0");
    database.target().setting(setting, value);

    assertThat(bad(new RetentionProof()).isEmpty()).isEqualTo(good);
  }

  @Test
  void aNodeWithoutBinaryLogIsNoWayBack() {
    database.source().setting("log_bin", "OFF").setting("binlog_expire_logs_seconds", "0");
    database.target().setting("binlog_expire_logs_seconds", "0");

    assertThat(bad(new RetentionProof()))
        .singleElement()
        .satisfies(f -> assertThat(f.found()).contains("no binary log"));
  }

  @Test
  void aLimitBySizeIsARisk() {
    database.target().setting("max_binlog_total_size", "1000000");

    assertThat(ask(new RetentionProof(), Node.Role.SOURCE))
        .extracting(Finding::verdict)
        .contains(Verdict.RISK);
  }

  @Test
  void theReplicationAccountHasToBeThere() {
    assertThat(bad(new GrantsProof())).hasSize(1);
    database.target().answer(GrantsProof.question("repl"), "1");
    assertThat(bad(new GrantsProof())).isEmpty();
    database.source().lackPrivilege("SUPER");
    assertThat(bad(new GrantsProof()))
        .singleElement()
        .satisfies(f -> assertThat(f.found()).contains("SUPER"));
  }

  @Test
  void aCanaryGoesThereAndBackAndTheStreamIsTakenDown() {
    assertThat(ask(canary(), Node.Role.SOURCE))
        .hasSize(2)
        .allMatch(finding -> finding.verdict() == Verdict.GOOD);
    assertThat(database.source().replication().configured()).isFalse();
    assertThat(database.target().replication().running()).isTrue();
  }

  @Test
  void aCanaryThatNeverArrivesIsRedAndTheStreamIsTakenDown() {
    database.source().after("follow", () -> database.source().replication().stall(true));

    assertThat(bad(canary()))
        .singleElement()
        .satisfies(f -> assertThat(f.found()).contains("not there after 5 s"));
    assertThat(database.source().replication().configured()).isFalse();
  }

  @Test
  void aStreamThatDoesNotStartIsRedAndLeavesNothing() {
    database.source().failOn("follow");

    assertThat(bad(canary()))
        .singleElement()
        .satisfies(f -> assertThat(f.found()).contains("scripted failure"));
    assertThat(database.source().replication().configured()).isFalse();
  }

  @Test
  void whatAKilledRepliLeftIsMended() {
    database.source().replication().from(database.target());

    assertThat(bad(canary())).isEmpty();
    assertThat(database.source().replication().configured()).isFalse();
  }

  @Test
  void inTheWindowTheStreamInUseIsTried() {
    database.writerIs(Node.Role.TARGET);

    assertThat(ask(canary(), Node.Role.TARGET))
        .singleElement()
        .satisfies(f -> assertThat(f.verdict()).isEqualTo(Verdict.GOOD));
    assertThat(database.source().replication().running()).isTrue();
  }

  /** A rollback may seal the writer while it is looked at; a row more there would be lost. */
  @Test
  void inTheWindowNothingIsWrittenOnAWriterThatWasSealedMeanwhile() {
    database.writerIs(Node.Role.TARGET);
    database.target().after("prepareProbe", () -> database.target().readOnly(true));
    int before = database.target().history().size();

    assertThat(ask(canary(), Node.Role.TARGET))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.verdict()).isEqualTo(Verdict.BAD);
              assertThat(f.found()).contains("fenced meanwhile");
            });
    assertThat(database.target().history()).hasSize(before);
  }

  @Test
  void theSameReleaseUnderstandsItself() {
    assertThat(bad(new VersionProof())).isEmpty();
  }
}
