package dev.repli.replication.copy;

import dev.repli.plan.Account;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.Copies.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact command lines: run by the copy, printed by a dry run. Passwords are not in them; the
 * tools read them from the environment ({@code MYSQL_PWD}), which leaves no file behind.
 */
final class ToolCommands {
  private ToolCommands() {}

  static Account account(Plan plan, Node.Role role) {
    return plan.copy().account().orElse(plan.node(role).account());
  }

  static Path dumpProgram(Plan plan) {
    return plan.source().kind() == Node.Kind.MYSQL
        ? plan.copy().mysqlTools().resolve("mysqldump")
        : plan.copy().tools().resolve("mariadb-dump");
  }

  static List<String> dump(Order order) {
    Plan plan = order.plan();
    List<String> command = new ArrayList<>();
    command.add(dumpProgram(plan).toString());
    command.addAll(connection(plan, Node.Role.SOURCE));
    command.addAll(
        List.of(
            "--single-transaction",
            "--quick",
            "--hex-blob",
            "--routines",
            "--events",
            "--triggers",
            "--add-drop-database",
            "--no-tablespaces",
            "--default-character-set=utf8mb4",
            "--max-allowed-packet=1G"));
    if (plan.source().kind() == Node.Kind.MYSQL) {
      command.addAll(List.of("--source-data=2", "--set-gtid-purged=OFF"));
    } else {
      command.add("--master-data=2");
    }
    if (order.history()) {
      command.add("--dump-history");
    }
    if (order.convertHistory()) {
      command.add("--update-history");
    }
    command.add("--databases");
    command.addAll(order.schemas());
    return command;
  }

  static List<String> load(Plan plan) {
    List<String> command = new ArrayList<>();
    command.add(plan.copy().tools().resolve("mariadb").toString());
    command.addAll(connection(plan, Node.Role.TARGET));
    command.addAll(
        List.of(
            "--batch",
            "--binary-mode",
            "--default-character-set=utf8mb4",
            "--max-allowed-packet=1G"));
    return command;
  }

  static List<String> backup(Plan plan, InitialCopy.Files files, Path into) {
    List<String> command = new ArrayList<>();
    command.add(plan.copy().tools().resolve("mariadb-backup").toString());
    command.addAll(connection(plan, Node.Role.SOURCE));
    command.addAll(List.of("--backup", "--target-dir=" + into, "--datadir=" + files.sourceData()));
    return command;
  }

  static List<String> prepare(Plan plan, Path backup) {
    return List.of(
        plan.copy().tools().resolve("mariadb-backup").toString(),
        "--no-defaults",
        "--prepare",
        "--target-dir=" + backup);
  }

  static List<String> copyBack(Plan plan, InitialCopy.Files files, Path backup) {
    return List.of(
        plan.copy().tools().resolve("mariadb-backup").toString(),
        "--no-defaults",
        "--copy-back",
        "--target-dir=" + backup,
        "--datadir=" + files.targetData());
  }

  private static List<String> connection(Plan plan, Node.Role role) {
    Node node = plan.node(role);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--no-defaults",
                "--protocol=tcp",
                "--host=" + node.address().host(),
                "--port=" + node.address().port(),
                "--user=" + account(plan, role).user()));
    options.addAll(node.kind() == Node.Kind.MYSQL ? mysqlTls(node.tls()) : tls(node.tls()));
    return options;
  }

  private static List<String> tls(Node.Tls tls) {
    return switch (tls) {
      case DISABLED -> List.of("--skip-ssl");
      case TRUST -> List.of("--ssl", "--skip-ssl-verify-server-cert");
      case VERIFY_CA, VERIFY_FULL -> List.of("--ssl", "--ssl-verify-server-cert");
    };
  }

  private static List<String> mysqlTls(Node.Tls tls) {
    return switch (tls) {
      case DISABLED -> List.of("--ssl-mode=DISABLED", "--get-server-public-key");
      case TRUST -> List.of("--ssl-mode=REQUIRED");
      case VERIFY_CA -> List.of("--ssl-mode=VERIFY_CA");
      case VERIFY_FULL -> List.of("--ssl-mode=VERIFY_IDENTITY");
    };
  }
}
