package dev.repli.delta;

import java.time.Instant;

/**
 * Where a transaction stands in a binary log.
 *
 * @param gtid {@code 0-1-42}
 * @param written when its last statement began, to the second: what {@code mariadb-binlog
 *     --stop-datetime} compares
 * @param begins its first byte
 * @param ends the byte after its last
 */
public record LoggedTransaction(
    String gtid, Instant written, String file, long begins, long ends) {}
