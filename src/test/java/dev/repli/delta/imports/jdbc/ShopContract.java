package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Position;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportResult.Complete;
import dev.repli.plan.DeltaRules.Policy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application wrote on a 11.8 stands in the old node as it stood there, to the last bit.
 */
abstract class ShopContract {
  private final String release;
  private final String account;
  @TempDir private Path folder;

  ShopContract(String release, String account) {
    this.release = release;
    this.account = account;
  }

  @Test
  void carriesAnAfternoonOfAShop() throws SQLException {
    assumeTrue(
        DeltaLab.isThere("mariadb-11.8") && DeltaLab.isThere(release),
        release + " and mariadb-11.8 are not unpacked: scripts/fetch-servers");
    try (DeltaLab source = DeltaLab.start(release, 1);
        DeltaLab target = DeltaLab.start("mariadb-11.8", 2)) {
      target.run("SET GLOBAL binlog_row_metadata = FULL");
      for (DeltaLab lab : List.of(source, target)) {
        lab.run(Shop.before().toArray(String[]::new));
      }
      source.run(ImportLab.account(account).toArray(String[]::new));
      Position from = target.position();
      work(target);
      source.run("SET GLOBAL read_only = 1");
      CarriedDelta.Task task =
          new CarriedDelta.Task(
              "",
              target.node(),
              source.node().address().port(),
              from,
              target.position(),
              folder.resolve("delta"));
      HeldChanges held = ImportLab.held();

      ImportResult result =
          CarriedDelta.run(task, request(source), held, target.secrets(), ImportObserver.NOBODY);

      assertThat(result).isInstanceOf(Complete.class);
      assertThat(result.counts().held()).isZero();
      assertThat(result.counts().applied()).isEqualTo(result.counts().extracted());
      assertThat(rows(source)).isEqualTo(rows(target));
    }
  }

  private static ImportRequest request(DeltaLab source) {
    Map<String, Policy> policies = new HashMap<>();
    for (String table : Shop.ORDER.keySet()) {
      policies.put("app." + table.replace("`", ""), Policy.EXPORT_IMPORT);
    }
    return new ImportRequest(
        new ImportId("shop"),
        ImportLab.node(source.node().kind(), source.node().address().port()),
        ImportLab.account(),
        policies,
        ImportLab.LIMITS);
  }

  /** As an application: what the server refuses it leaves. */
  private static void work(DeltaLab target) throws SQLException {
    int refused = 0;
    List<String> all = Shop.work(1, 500);
    try (Connection connection = target.admin();
        Statement sql = connection.createStatement()) {
      sql.execute("USE app");
      for (String one : all) {
        try {
          sql.execute(one);
        } catch (SQLException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isLessThan(all.size() / 10);
  }

  private static Map<String, List<String>> rows(DeltaLab lab) throws SQLException {
    Map<String, List<String>> tables = new TreeMap<>();
    try (Connection connection = lab.admin();
        Statement sql = connection.createStatement()) {
      sql.execute("USE app");
      sql.execute("SET time_zone = '+00:00'");
      for (Map.Entry<String, String> table : Shop.ORDER.entrySet()) {
        String name = table.getKey().startsWith("`") ? table.getKey() : "`" + table.getKey() + "`";
        String more = table.getKey().equals("customers") ? ", secret" : "";
        List<String> rows = new ArrayList<>();
        try (ResultSet found =
            sql.executeQuery(
                "SELECT *" + more + " FROM " + name + " ORDER BY " + table.getValue())) {
          while (found.next()) {
            rows.add(row(found));
          }
        }
        tables.put(table.getKey(), rows);
      }
    }
    return tables;
  }

  private static String hex(byte @Nullable [] value) {
    return value == null ? "null" : HexFormat.of().formatHex(value);
  }

  private static String row(ResultSet found) throws SQLException {
    StringBuilder row = new StringBuilder();
    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
      String name = found.getMetaData().getColumnLabel(i);
      boolean raw = List.of("data", "token", "bits").contains(name);
      row.append(name).append('=').append(raw ? hex(found.getBytes(i)) : found.getString(i));
      row.append(' ');
    }
    return row.toString();
  }
}
