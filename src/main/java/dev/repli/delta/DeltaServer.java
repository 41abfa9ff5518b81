package dev.repli.delta;

/**
 * Which server it is.
 *
 * @param id its number in replication
 * @param uuid of MySQL; empty on MariaDB, which has none
 */
public record DeltaServer(long id, String uuid, String version) {}
