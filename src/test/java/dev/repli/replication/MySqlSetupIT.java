package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.mysql.MySqlServer;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.InitialCopy.Method;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL 9.7 to MariaDB 11.8 by file and offset; skipped where MySQL is not unpacked. */
class MySqlSetupIT {
  private static final String COPY_PASSWORD = "c0py";
  @TempDir Path directory;

  @Test
  void refusesJsonAndAMissingPluginThenReplicates() throws Exception {
    Path tree = Path.of(SetupLab.cache(), "servers/mysql-9.7").toAbsolutePath();
    assumeTrue(
        Files.exists(tree.resolve(".complete")),
        "MySQL 9.7 is not unpacked; run: scripts/fetch-servers mysql");
    LabAccounts accounts = LabAccounts.random();
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    ServerSettings settings = ServerSettings.of(2).with("plugin-dir", plugins.toString());
    List<String> sql = new ArrayList<>();
    SetupLab.copier("copy-mysql.sql", COPY_PASSWORD).forEach(line -> sql.add(line + ";"));
    sql.add("CREATE USER 'repli'@'%' IDENTIFIED BY '" + accounts.repli() + "';");
    try (MySqlServer source = MySqlServer.start(tree, directory.resolve("source"), 1, sql);
        MariaDbServer target =
            MariaDbServer.start(maria, settings, accounts, directory.resolve("target"));
        SetupLab lab = new SetupLab(directory.resolve("repli"), passwords(accounts))) {
      target.run(true, SetupLab.copier("copy-mariadb.sql", COPY_PASSWORD).toArray(new String[0]));
      source.run(
          "CREATE DATABASE app",
          "CREATE TABLE app.orders (id INT AUTO_INCREMENT PRIMARY KEY, item VARCHAR(50))",
          "INSERT INTO app.orders (item) VALUES ('é'), ('b')",
          "CREATE TABLE app.meta (id INT PRIMARY KEY, m JSON)",
          "CREATE TABLE app.names (id INT PRIMARY KEY, n CHAR(9) COLLATE gb18030_chinese_ci)",
          "SET GLOBAL binlog_row_value_options = PARTIAL_JSON");
      Plan plan = plan(source, target);
      assertThat(SetupWalk.looked(lab.setup(), plan).problems())
          .contains("JSON column app.meta.m")
          .contains("LONGTEXT")
          .contains("binlog_row_value_options = PARTIAL_JSON")
          .contains("unknown are gb18030_chinese_ci");
      source.run("DROP TABLE app.meta, app.names", "SET GLOBAL binlog_row_value_options = ''");

      assertThat(lab.setup().prepareAccount(SetupLab.RUN, plan, false).toString())
          .contains("put caching_sha2_password.so into the plugin_dir");
      Path library = Path.of(SetupLab.cache(), "servers/mariadb-11.8/usr/lib/x86_64-linux-gnu");
      Files.copy(
          library.resolve("libmariadb3/plugin/caching_sha2_password.so"),
          plugins.resolve("caching_sha2_password.so"));
      assertThat(new SetupWalk(lab.setup(), plan).all()).contains("heartbeat");

      source.run("INSERT INTO app.orders (item) VALUES ('later')");
      Awaitility.await().untilAsserted(() -> assertThat(orders(target)).isEqualTo("é,b,later"));
    }
  }

  private static Map<String, String> passwords(LabAccounts accounts) {
    return Map.of(
        "repli", accounts.repli(),
        "repl", accounts.replication(),
        "repli_copy", COPY_PASSWORD,
        "REPLI_TEST", accounts.probe());
  }

  private static Plan plan(MySqlServer source, MariaDbServer target) {
    return SetupLab.plan(
        SetupLab.node(Node.Role.SOURCE, Node.Kind.MYSQL, source.port(), Node.Tls.TRUST),
        SetupLab.node(Node.Role.TARGET, Node.Kind.MARIADB, target.port(), Node.Tls.TRUST),
        SetupLab.copy(Method.AUTO, SetupLab.tools("mariadb-11.8"), Optional.empty()));
  }

  private static String orders(MariaDbServer server) throws Exception {
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT GROUP_CONCAT(item ORDER BY id) FROM app.orders")) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
