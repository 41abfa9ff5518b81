package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines that are refused, each with the exact words. */
class BadPlanMachineTest {
  private static final String PRINT = "SHA256:bq7Wh0vpEbQHcRD9AOHnOVDKxA8NWlgCbZ0EUzBEsxE";
  private static final String HOST =
      "; accepted: a host name or an IPv4 address, nothing else (the port has a key of its own)";

  @TempDir Path directory;

  static Stream<Arguments> machines() {
    return Stream.of(
        bad(
            "user: {x: 1}",
            "11:3: target.user is not a known key; accepted: kind, host,"
                + " port, account, replication, tls, fenceFile, environment, machine"),
        bad(
            "machine: {access: {type: telnet}, dataDirectory: /d}",
            "11:28: target.machine.access.type is \"telnet\", which is not a known type; accepted:"
                + " local, ssh"),
        bad(
            "machine: {access: {type: local, user: x}, dataDirectory: /d}",
            "11:35: target.machine.access.user is not a known key; accepted: type"),
        bad(
            "machine: {access: {type: local}, dataDirectory: d}",
            "11:51: target.machine.dataDirectory is \"d\"; accepted: an absolute path"),
        bad(
            "machine: {access: {type: local}, dataDirectory: /d, owner: 'root; id'}",
            "11:62: target.machine.owner is \"root; id\"; accepted: a user and a group such as"
                + " mysql:mysql"),
        bad(
            "machine: {access: {type: local}, dataDirectory: /d, stop: [systemctl, stop]}",
            "11:61: target.machine.stop names the program \"systemctl\" without its folder;"
                + " accepted: an absolute path first"),
        bad(
            "machine: {access: {type: local}, dataDirectory: /d, backups: {directory: /b, scratch:"
                + " /s, rehearse: weekly}}",
            "11:103: target.machine.backups.rehearse is \"weekly\", which is no duration; accepted:"
                + " a duration from 1h to 365d, such as 500ms, 10s, 5m, 24h or PT10S"),
        bad(
            "machine: {access: {type: local}, dataDirectory: /d, backups: {directory: /b, scratch:"
                + " /s, rehearse: 10m}}",
            "11:103: target.machine.backups.rehearse is \"10m\"; accepted: a duration from 1h to"
                + " 365d, such as 500ms, 10s, 5m, 24h or PT10S"),
        bad(
            "machine: {access: {type: local}, dataDirectory: /d, previous: {version: \"10\", tools:"
                + " /t, switchBack: [apt]}}",
            "11:75: target.machine.previous.version is \"10\"; accepted: a version such as"
                + " \"10.11\"",
            "11:104: target.machine.previous.switchBack names the program \"apt\" without its"
                + " folder; accepted: an absolute path first"));
  }

  static Stream<Arguments> accesses() {
    return Stream.of(
        bad(
            ssh("db2 -oProxyCommand=id", "repli", PRINT),
            "11:39: target.machine.access.host is \"db2 -oProxyCommand=id\"" + HOST),
        bad(
            ssh("-oProxyCommand=id", "repli", PRINT),
            "11:39: target.machine.access.host is \"-oProxyCommand=id\"" + HOST),
        bad(
            ssh("root@db2", "repli", PRINT),
            "11:39: target.machine.access.host is \"root@db2\"" + HOST),
        bad(
            ssh("db2", "repli@db2 -oProxyCommand=id", PRINT),
            "11:52: target.machine.access.user is \"repli@db2 -oProxyCommand=id\"; accepted: 1 to"
                + " 32 characters a-z, 0-9, '_' and '-', without the host"),
        bad(
            ssh("db2", "-l", PRINT),
            "11:52: target.machine.access.user is \"-l\"; accepted: 1 to 32 characters a-z, 0-9,"
                + " '_' and '-', without the host"),
        bad(
            ssh("db2", "repli", "aa:bb"),
            "11:72: target.machine.access.hostKeys[0] is \"aa:bb\"; accepted: SHA256: and 43"
                + " characters, as ssh-keygen -l prints it"),
        bad(
            ssh("db2", "repli", PRINT).replace("key: \"env:K\"", "port: 22"),
            "11:21: target.machine.access.key is missing, and so is a password; accepted: either"
                + " key or password"),
        bad(
            ssh("db2", "repli", PRINT).replace("env:K", "hunter2"),
            "11:132: target.machine.access.key is not a reference; the secret itself does not"
                + " belong into a plan; accepted: env:NAME or file:/absolute/path; put it into an"
                + " environment variable or a file and name that here"));
  }

  private static Arguments bad(String lines, String... messages) {
    return Arguments.of(lines, List.of(messages));
  }

  private static String ssh(String host, String user, String print) {
    return "machine: {access: {type: ssh, host: \""
        + host
        + "\", user: \""
        + user
        + "\", hostKeys: [\""
        + print
        + "\"], key: \"env:K\"}, dataDirectory: /d}";
  }

  @ParameterizedTest
  @MethodSource({"machines", "accesses"})
  void refusesTheMachine(String lines, List<String> messages) {
    assertThat(PlanTexts.messages(directory, target(lines))).containsExactlyElementsOf(messages);
  }

  private static String target(String lines) {
    return with("db2.example\n", "db2.example\n  " + lines + "\n");
  }

  @Test
  void readsAMachineBehindSsh() {
    String machine =
        ssh("db2.example", "repli", PRINT)
            .replace(
                "dataDirectory: /d",
                "dataDirectory: /d, backups: {directory: /b, scratch: /s, rehearse: P7D},"
                    + " previous: {version:"
                    + " \"10.11\", tools: /t, switchBack: [/usr/bin/back]}");
    Machine read =
        ((PlanFile.Good) PlanTexts.read(directory, target(machine)))
            .plan()
            .target()
            .machine()
            .orElseThrow();
    assertThat(read.access())
        .isInstanceOfSatisfying(
            HostAccess.Ssh.class,
            ssh -> {
              assertThat(ssh.address().toString()).isEqualTo("db2.example:22");
              assertThat(ssh.hostKeys()).containsExactly(PRINT);
            });
    assertThat(read.owner()).isEqualTo("mysql:mysql");
    assertThat(read.stop()).containsExactly("/usr/bin/systemctl", "stop", "mariadb");
    assertThat(read.backups().orElseThrow().rehearse()).contains(Duration.ofDays(7));
    assertThat(read.previous().orElseThrow().version()).isEqualTo("10.11");
  }
}
