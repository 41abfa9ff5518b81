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
          new SetupPorts(sides, sides), new SetupPorts(sides, sides), new InMemoryJournal());

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
          SOURCE | log_bin                 | OFF       | set log_bin
          SOURCE | binlog_format           | MIXED     | SET GLOBAL binlog_format = ROW
          SOURCE | binlog_row_image        | MINIMAL   | SET GLOBAL binlog_row_image = FULL
          TARGET | log_slave_updates       | OFF       | no way back
          TARGET | server_id               | 1         | a server_id of its own
          TARGET | lower_case_table_names  | 1         | initialise the target
          TARGET | version                 | 10.6.1    | MariaDB 10.11 or newer only
          SOURCE | version                 | 12.1.1    | the same or a newer release
          SOURCE | have_ssl                | DISABLED  | set tls: disabled for it
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          binlog_transaction_compression | ON           | error 1594
          binlog_row_value_options       | PARTIAL_JSON | cannot read partial values
          gtid_executed                  | 3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:1-3 | tagged
          """)
  void refusesWhatMariaDbCannotReadOfMySql(String name, String value, String why) {
    sides.set(Node.Role.SOURCE, "version", "9.7.4");
    sides.set(Node.Role.SOURCE, name, value);

    assertThat(check(Node.Kind.MYSQL, Node.Tls.TRUST).problems()).contains(why);
  }

  @Test
  void refusesJsonOfMySqlByColumn() {
    sides.json = List.of("app.orders.meta is JSON, on which the replica stops with an empty error");

    assertThat(check().problems()).contains("app.orders.meta").contains("JSON to LONGTEXT");
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

  @Test
  void aNodeThatDoesNotAnswerIsInTheWay() {
    sides.down = true;

    assertThat(check().problems()).contains("connecting");
  }
}
