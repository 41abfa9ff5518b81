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
  static final String GRANT_SELECT_SPELLED = "spelled as InnoDB does; " + GRANT_SELECT;

  /** The server shows so what is named on disk otherwise than it would. */
  private static final String UNSPELLED = "#mysql50#";

  private static final String SPELLED_SCHEMA = "SUBSTRING_INDEX(name, '/', 1)";
  private static final String SPELLED_TABLE =
      "SUBSTRING_INDEX(SUBSTRING_INDEX(name, '/', -1), '#', 1)";

  /**
   * Name as InnoDB spells it, schema, table, and whether these two are spelled so. Only the server
   * knows that well: there are short codes for some letters.
   */
  private static final String INNODB =
      "SELECT name, %s, %s, %s AND %s FROM information_schema.innodb_sys_tables"
          .formatted(
              read(SPELLED_SCHEMA),
              read(SPELLED_TABLE),
              isSpelled(SPELLED_SCHEMA),
              isSpelled(SPELLED_TABLE));

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
    Set<String> tables =
        visible.stream()
            .map(row -> lower(row.get(0)) + "." + lower(row.get(1)))
            .collect(Collectors.toSet());
    Set<String> schemas =
        visible.stream().map(row -> lower(row.get(0))).collect(Collectors.toSet());
    Map<String, String> unseen = new TreeMap<>();
    for (List<String> row : ask.rows(INNODB)) {
      InnodbName.spelled(row.get(0))
          .map(spelled -> isRead(row) ? new TableName(row.get(1), row.get(2)) : spelled)
          .filter(name -> !tables.contains(lower(name.toString())))
          .ifPresent(
              name ->
                  unseen.put(
                      schemas.contains(lower(name.schema()))
                          ? name.toString()
                          : name.schema() + ".*",
                      isRead(row) ? GRANT_SELECT : GRANT_SELECT_SPELLED));
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

  private static boolean isRead(List<String> row) {
    return row.get(3).equals("1");
  }

  private static String read(String spelled) {
    return "CONVERT(CAST(BINARY %s AS CHAR CHARACTER SET filename) USING utf8mb4)"
        .formatted(spelled);
  }

  private static String isSpelled(String spelled) {
    return "BINARY %s = BINARY CONVERT(%s USING filename)".formatted(spelled, read(spelled));
  }

  private static String lower(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(UNSPELLED) ? lower.substring(UNSPELLED.length()) : lower;
  }
}
