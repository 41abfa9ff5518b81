package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code SHOW GRANTS} says of an account. Where roles may say more, nothing is said to be
 * missing: a way back is not closed by a guess.
 */
final class GrantLines {
  private static final Pattern PRIVILEGES = Pattern.compile("^GRANT (.+?) ON (\\S+) TO .*");
  private static final Pattern PAST_THE_FENCE =
      Pattern.compile(".*\\b(READ_ONLY ADMIN|CONNECTION_ADMIN|SUPER|ALL PRIVILEGES)\\b.*");
  private static final Pattern WRITES = Pattern.compile(".*\\b(INSERT|ALL PRIVILEGES)\\b.*");
  private final Node.Kind kind;
  private final List<String> lines;

  GrantLines(Node.Kind kind, List<String> lines) {
    this.kind = kind;
    this.lines = List.copyOf(lines);
  }

  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (hasRoles()) {
      return missing;
    }
    if (!anyOn(PAST_THE_FENCE, "*.*")) {
      String privilege = kind == Node.Kind.MARIADB ? "READ_ONLY ADMIN" : "CONNECTION_ADMIN";
      missing.add(
          "it may not write while the node is fenced: GRANT %s ON *.* to it".formatted(privilege));
    }
    if (!writesSomewhere()) {
      missing.add(
          "it may write no table of the applications: GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER"
              + " on each of their schemas to it");
    }
    return missing;
  }

  /** On MariaDB what an active role may is listed, too. */
  private boolean hasRoles() {
    return kind == Node.Kind.MYSQL
        && lines.stream().anyMatch(line -> !PRIVILEGES.matcher(line).matches());
  }

  private boolean anyOn(Pattern privilege, String where) {
    return lines.stream()
        .map(PRIVILEGES::matcher)
        .filter(Matcher::matches)
        .anyMatch(on -> on.group(2).equals(where) && privilege.matcher(on.group(1)).matches());
  }

  private boolean writesSomewhere() {
    return lines.stream()
        .map(PRIVILEGES::matcher)
        .filter(Matcher::matches)
        .filter(on -> !on.group(2).replace("\\", "").startsWith("`repli_probe`"))
        .anyMatch(on -> WRITES.matcher(on.group(1)).matches());
  }
}
