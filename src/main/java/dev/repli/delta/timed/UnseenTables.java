package dev.repli.delta.timed;

import dev.repli.database.jdbc.InnodbName;
import dev.repli.database.survey.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the account may not see. InnoDB lists its own tables to everybody with PROCESS; a schema
 * without any of them is known only to an account that may see all schemas.
 */
final class UnseenTables {
  static final String GRANT_SELECT =
      "Repli's account may not see it: GRANT SELECT ON the schema to it, on this server";
  static final String EMPTY_OR_UNSEEN =
      "it is empty or Repli's account may not see it: then GRANT SELECT ON the schema to it";
  static final String OTHERS = "schemas without an InnoDB table";
  static final String GRANT_SHOW =
      "Repli's account may not see whether there are more: GRANT SHOW DATABASES ON *.* to it";

  private static final String INNODB = "SELECT name FROM information_schema.innodb_sys_tables";

  private static final String SCHEMAS =
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name "
          + TimedShapes.APPLICATIONS;

  /** Any account may ask for its own; roles that are on are among them. */
  private static final String GRANTS = "SHOW GRANTS";

  private final Ask ask;

  UnseenTables(Ask ask) {
    this.ask = ask;
  }

  /**
   * By name of the table or {@code schema.*}, and what to do.
   *
   * @param visible schema and table of those that the account sees
   */
  Map<String, String> beside(List<List<String>> visible) {
    Set<String> schemas =
        visible.stream().map(row -> lower(row.get(0))).collect(Collectors.toSet());
    List<TableName> tables =
        visible.stream().map(row -> new TableName(row.get(0), row.get(1))).toList();
    List<String> listed = ask.rows(INNODB).stream().map(row -> row.get(0)).toList();
    Map<String, String> unseen = new TreeMap<>();
    for (TableName name : InnodbName.hidden(listed, tables)) {
      boolean oneOfSome = schemas.contains(lower(name.schema()));
      unseen.put(oneOfSome ? name.toString() : name.schema() + ".*", GRANT_SELECT);
    }
    if (!seesAllSchemas()) {
      unseen.put(OTHERS, GRANT_SHOW);
    }
    for (List<String> row : ask.rows(SCHEMAS)) {
      if (!schemas.contains(lower(row.get(0)))) {
        unseen.putIfAbsent(row.get(0) + ".*", EMPTY_OR_UNSEEN);
      }
    }
    return unseen;
  }

  private boolean seesAllSchemas() {
    return ask.rows(GRANTS).stream()
        .map(row -> row.get(0))
        .filter(grant -> grant.startsWith("GRANT ") && grant.contains(" ON *.* TO "))
        .map(grant -> grant.substring(0, grant.indexOf(" ON *.* TO ")))
        .flatMap(grant -> List.of(grant.substring("GRANT ".length()).split(", ", -1)).stream())
        .anyMatch(Set.of("ALL PRIVILEGES", "SELECT", "SHOW DATABASES")::contains);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
