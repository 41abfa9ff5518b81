package dev.repli.replication.jdbc;

import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Content;
import java.util.List;
import java.util.stream.Collectors;

/** What is in the schemas of a server, read from its information schema. */
final class ContentLook {
  private static final String OWN = "('mysql', 'sys', 'information_schema', 'performance_schema')";

  private final SqlLink link;
  private final String scope;

  ContentLook(SqlLink link, List<String> wanted) {
    this.link = link;
    this.scope =
        wanted.isEmpty()
            ? "NOT IN " + OWN
            : wanted.stream().map(SetupSql::quoted).collect(Collectors.joining(", ", "IN (", ")"));
  }

  Content look() {
    return new Content(
        names("SELECT schema_name FROM information_schema.schemata WHERE schema_name " + scope),
        Math.toIntExact(number("COUNT(*)")),
        number("COALESCE(SUM(data_length + index_length), 0)"),
        names(
            "SELECT CONCAT(table_schema, '.', table_name, ' (', engine, ')')"
                + " FROM information_schema.tables WHERE engine <> 'InnoDB'"
                + " AND table_type <> 'SEQUENCE' AND table_schema "
                + scope),
        names(
            "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
                + " WHERE table_type = 'SYSTEM VERSIONED' AND table_schema "
                + scope),
        collations(),
        link.node().kind() == Node.Kind.MYSQL ? unreplicable() : List.of());
  }

  private List<String> collations() {
    return names(
        "SELECT collation_name FROM information_schema.columns"
            + " WHERE collation_name IS NOT NULL AND table_schema "
            + scope
            + " UNION SELECT table_collation FROM information_schema.tables"
            + " WHERE table_collation IS NOT NULL AND table_schema "
            + scope
            + " UNION SELECT default_collation_name FROM information_schema.schemata"
            + " WHERE schema_name "
            + scope);
  }

  /** An older Repli's own: its text stops the load of a dump. */
  private List<String> unreplicable() {
    return names(
        "SELECT CONCAT('procedure ', routine_schema, '.', routine_name,"
            + " ' is Repli''s own for MySQL, which MariaDB cannot read; drop it')"
            + " FROM information_schema.routines"
            + " WHERE routine_schema = 'repli_probe' AND routine_schema "
            + scope);
  }

  private List<String> names(String query) {
    return link.rows("reading the schemas", query + " ORDER BY 1", row -> row.getString(1));
  }

  private long number(String what) {
    return link.text(
            "reading the schemas",
            "SELECT " + what + " FROM information_schema.tables WHERE table_schema " + scope)
        .map(Long::parseLong)
        .orElse(0L);
  }
}
