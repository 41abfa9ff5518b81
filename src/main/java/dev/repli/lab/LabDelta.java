package dev.repli.lab;

import dev.repli.database.jdbc.ProbeTable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A source that nothing leads back to but the changes of the target. */
final class LabDelta {
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private LabDelta() {}

  /** From now on the source follows no more, and has an account that may import. */
  static void cutOff(LabNodes nodes, Path directory, Path plans)
      throws SQLException, IOException, InterruptedException {
    nodes.target().run(false, ProbeTable.create("(@@server_id)").toArray(String[]::new));
    awaitProbeTable(nodes.source());
    nodes.source().run(true, "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = 1");
    String password = new BigInteger(120, new SecureRandom()).toString(36);
    nodes.source().run(true, account(password).toArray(String[]::new));
    Path secret =
        Files.createFile(
            directory.resolve("secrets").resolve("import"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, password);
    Files.writeString(
        plans.resolve(LabPlan.ID + ".yaml"),
        "delta:\n  account: {user: repli_import, password: \"file:%s\"}\n".formatted(secret),
        StandardOpenOption.APPEND);
  }

  /** The statements that operators are told, and the schema of the lab. */
  private static List<String> account(String password) throws IOException {
    try (InputStream in = LabDelta.class.getResourceAsStream("/accounts/import-mariadb.sql")) {
      String sql =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .replace("${import}", password)
              .concat(
                  "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON app.* TO 'repli_import'@'%';\n");
      return sql.lines().filter(line -> !line.startsWith("--")).toList();
    }
  }

  private static void awaitProbeTable(MariaDbServer source)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + CATCH_UP.toNanos();
    while (!hasProbeTable(source)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the source does not replicate from the target");
      }
      Show.pause(Duration.ofMillis(50));
    }
  }

  private static boolean hasProbeTable(MariaDbServer server) throws SQLException {
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT 1 FROM information_schema.tables"
                    + " WHERE table_schema = 'repli_probe' AND table_name = 'probe_write'")) {
      return tables.next();
    }
  }
}
