package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.plan.Node;
import java.util.function.Function;

/**
 * Where MariaDB and MySQL part.
 *
 * @param fenceVariable global variable that a switch refuses writes with
 * @param fencedVariable global variable that is on while application writes are refused: where the
 *     other one stops Repli's own imports, too, it may be off behind a fence
 * @param fencedLock kind of metadata lock that a running write holds against the fence
 * @param sessionAgeMillis SQL for how long a session {@code p} of the process list has been at it
 * @param statementLimit session variable that bounds a query
 * @param limitUnitsPerSecond 1 when that is in seconds, 1000 when in milliseconds
 * @param optionGroup group of an option file that this server reads
 * @param probeInsert one probe write with run and id for its question marks, and without any
 *     {@code @}
 * @param block how several queries go in one round trip, {@code %s} for them; empty when they
 *     cannot
 */
public record Dialect(
    Node.Kind kind,
    ActStatements acts,
    ReplicationWords replication,
    String fenceVariable,
    String fencedVariable,
    String fencedLock,
    String sessionAgeMillis,
    String statementLimit,
    int limitUnitsPerSecond,
    String optionGroup,
    String probeInsert,
    String block,
    Function<SqlLink, ServerLooks> looks) {

  /** A probe write for a table that two technologies share: neither fills the server in alone. */
  String sharedProbeInsert() {
    return ProbeTable.insert("?", "?");
  }
}
