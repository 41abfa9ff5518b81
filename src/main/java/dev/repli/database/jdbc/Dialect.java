package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.plan.Node;
import java.util.function.Function;

/**
 * Where MariaDB and MySQL part.
 *
 * @param fenceVariable global variable that refuses application writes
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
    String fencedLock,
    String sessionAgeMillis,
    String statementLimit,
    int limitUnitsPerSecond,
    String optionGroup,
    String probeInsert,
    String block,
    Function<SqlLink, ServerLooks> looks) {}
