package dev.repli.replication.jdbc;

import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Content;
import java.util.ArrayList;
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
        withoutKey(),
        names(
            "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables"
                + " WHERE table_type = 'SYSTEM VERSIONED' AND table_schema "
                + scope),
        collations(),
        link.node().kind() == Node.Kind.MYSQL ? unreplicable() : List.of());
  }

  private List<String> withoutKey() {
    return names(
        "SELECT CONCAT(t.table_schema, '.', t.table_name) FROM information_schema.tables t"
            + " LEFT JOIN information_schema.table_constraints c"
            + " ON c.table_schema = t.table_schema AND c.table_name = t.table_name"
            + " AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE')"
            + " WHERE t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"
            + " AND c.constraint_name IS NULL AND t.table_schema "
            + scope);
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

  /** What stops a MariaDB replica, or its load, each seen on MySQL 9.7 and MariaDB 11.8. */
  private List<String> unreplicable() {
    List<String> found = new ArrayList<>();
    found.addAll(
        columns("data_type = 'json'", " is JSON, on which the replica stops with an empty error"));
    found.addAll(columns("srs_id IS NOT NULL", " has an SRID, which MariaDB cannot read"));
    found.addAll(
        names(
            "SELECT DISTINCT CONCAT(table_schema, '.', table_name, '.', index_name,"
                + " ' is an index of an expression, which MariaDB cannot read')"
                + " FROM information_schema.statistics WHERE expression IS NOT NULL"
                + " AND table_schema "
                + scope));
    found.addAll(
        names(
            "SELECT CONCAT('procedure ', routine_schema, '.', routine_name,"
                + " ' is Repli''s own for MySQL, which MariaDB cannot read; drop it')"
                + " FROM information_schema.routines"
                + " WHERE routine_schema = 'repli_probe' AND routine_schema "
                + scope));
    return found;
  }

  private List<String> columns(String condition, String why) {
    return names(
        "SELECT CONCAT(table_schema, '.', table_name, '.', column_name, "
            + SetupSql.quoted(why)
            + ") FROM information_schema.columns WHERE "
            + condition
            + " AND table_schema "
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
