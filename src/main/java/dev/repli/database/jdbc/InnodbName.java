package dev.repli.database.jdbc;

import dev.repli.database.survey.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of tables as InnoDB spells them in its own list: {@code schema/table#P#part}, with the
 * letters of names of files.
 */
public final class InnodbName {
  /** MariaDB says so in SQL before a name that is not spelled as it would. */
  private static final String UNSPELLED = "#mysql50#";

  private static final Set<String> NOT_OURS = Set.of("mysql", "sys", "repli_probe");

  private InnodbName() {}

  /** The table's name in SQL; empty for what is no table of an application. */
  public static Optional<TableName> read(String name) {
    int slash = name.indexOf('/');
    if (slash < 1 || NOT_OURS.contains(name.substring(0, slash))) {
      return Optional.empty();
    }
    String table = name.substring(slash + 1).replaceFirst("(?i)#(p|sp)#.*", "");
    boolean internal = table.startsWith("#") || table.toUpperCase(Locale.ROOT).startsWith("FTS_0");
    return internal
        ? Optional.empty()
        : Optional.of(new TableName(inSql(name.substring(0, slash)), inSql(table)));
  }

  private static String inSql(String spelled) {
    return FileNameLetters.read(spelled).orElse(UNSPELLED + spelled);
  }

  /**
   * Tables that are in InnoDB's list, which everybody with PROCESS sees whole, and that the account
   * does not see.
   *
   * @param listed names as InnoDB spells them
   * @param visible everything in information_schema.tables, or what of it is an application's
   */
  public static List<TableName> hidden(Collection<String> listed, Collection<TableName> visible) {
    Set<TableName> seen = visible.stream().map(InnodbName::lower).collect(Collectors.toSet());
    return listed.stream()
        .map(InnodbName::read)
        .flatMap(Optional::stream)
        .distinct()
        .filter(name -> !seen.contains(lower(name)))
        .sorted()
        .toList();
  }

  private static TableName lower(TableName name) {
    return new TableName(
        name.schema().toLowerCase(Locale.ROOT), name.name().toLowerCase(Locale.ROOT));
  }
}
