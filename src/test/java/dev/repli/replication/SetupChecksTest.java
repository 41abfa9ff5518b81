package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.OnePlan;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is touched, and what the text says then. */
class SetupChecksTest {
  private static final RunKey RUN = new RunKey("setup-1");
  private final FakeSides sides = new FakeSides();
  private final ReplicationSetup setup =
      new ReplicationSetup(
          new SetupPorts(sides, sides), new SetupPorts(sides, sides), sides, new InMemoryJournal());

  private Findings check(Node.Kind kind, Node.Tls tls) {
    Plan plan = OnePlan.plan(Duration.ofSeconds(10), "h");
    Node source = SetupLab.node(Node.Role.SOURCE, kind, 3306, tls);
    return setup.check(RUN, SetupLab.plan(source, plan.target(), plan.copy()));
  }

  private Findings check() {
    return check(Node.Kind.MARIADB, Node.Tls.TRUST);
  }

  @AfterEach
  void nothingWasTouched() {
    assertThat(sides.changes).isEmpty();
  }

  @Test
  void findsNothingInTheWayOfTwoSoundServers() {
    assertThat(check().problems()).isEmpty();
    assertThat(check().method()).isEqualTo(CopyMethod.DUMP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TARGET | lower_case_table_names  | 1         | initialise the target
          TARGET | version                 | 10.6.1    | MariaDB 10.11 or newer only
          SOURCE | version                 | 12.1.1    | the same or a newer release
          """)
  void refusesASettingAndSaysHowToMendIt(Node.Role role, String name, String value, String mend) {
    sides.set(role, name, value);

    assertThat(check().problems()).contains(mend).contains(value);
  }

  @Test
  void refusesASourceThatWantsTlsWhereThePlanDoesNot() {
    sides.set(Node.Role.SOURCE, "require_secure_transport", "ON");

    assertThat(check(Node.Kind.MARIADB, Node.Tls.DISABLED).problems())
        .contains("set tls: trust or better");
  }

  @Test
  void refusesWhatAGuardrailRefusesAndOnlyShowsWhatOneNotes() {
    sides.guardrails =
        List.of(
            Finding.bad("No JSON column", "guardrail json-columns", "JSON column app.orders.meta"),
            Finding.note("Keys", "guardrail primary-keys", "no key in app.log"));

    assertThat(check().problems()).contains("app.orders.meta").doesNotContain("app.log");
  }

  @Test
  void refusesCollationsThatTheTargetDoesNotKnow() {
    sides.unknown = List.of("utf8mb4_tlh_0900_as_cs");

    assertThat(check().problems()).contains("unknown are utf8mb4_tlh_0900_as_cs");
  }

  @Test
  void refusesATargetThatHoldsData() {
    sides.targetEmpty = false;

    assertThat(check().problems()).contains("drop these schemas on the target");
  }

  /** Else "try again" would never come to the copy that brings it back. */
  @Test
  void aTargetThatIsDownForItsOwnCopyIsNotInTheWay() {
    sides.down = true;
    sides.replacing = true;

    assertThat(check().problems()).isEmpty();
    assertThat(check().method()).isEqualTo(CopyMethod.BACKUP);
  }

  @Test
  void aNodeThatDoesNotAnswerIsInTheWay() {
    sides.down = true;

    assertThat(check().problems()).contains("connecting");
  }
}
