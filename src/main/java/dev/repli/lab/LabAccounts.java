package dev.repli.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;

/**
 * Passwords of the accounts that Repli needs on a node, and the statements that create them: the
 * ones that operators are told in {@code docs/database-accounts.md}.
 *
 * @param repli of the own account of Repli
 * @param replication of the account with which replicas log in
 * @param probe of {@code repli_probe}
 * @param application of {@code app}, the lab's application, which owns the schema {@code app}
 */
public record LabAccounts(String repli, String replication, String probe, String application) {
  public static LabAccounts random() {
    SecureRandom random = new SecureRandom();
    return new LabAccounts(word(random), word(random), word(random), word(random));
  }

  private static String word(SecureRandom random) {
    return new BigInteger(120, random).toString(36);
  }

  /** One statement each, for a new server; the lab's application included. */
  public List<String> statements() {
    String sql =
        read()
            .replace("${repli}", repli)
            .replace("${repl}", replication)
            .replace("${probe}", probe)
            .concat("CREATE USER 'app'@'%' IDENTIFIED BY '" + application + "';\n")
            .concat("GRANT ALL ON app.* TO 'app'@'%';\n")
            .concat("GRANT SELECT, SHOW VIEW, TRIGGER ON app.* TO 'repli'@'%';\n");
    return sql.lines().filter(line -> !line.startsWith("--")).toList();
  }

  private static String read() {
    try (InputStream in = LabAccounts.class.getResourceAsStream("/accounts/mariadb.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "LabAccounts[repli, repl, repli_probe, app]";
  }
}
