package dev.repli.delta;

import java.util.Set;

/**
 * Where a delta comes from: what its file says of itself, so that it is never taken for another
 * one.
 *
 * @param id of this delta; the run that made it knows it
 * @param plan the migration
 * @param node the server's role in it, and its address, for people
 * @param serverId the server's number in replication
 * @param serverUuid of MySQL; empty on MariaDB, which has none
 * @param version as the server tells it
 * @param from everything up to here is not in it
 * @param schemas that were read; empty for all of applications
 * @param complete whether it is from the binary log; else it was found by time columns, and deletes
 *     and tables without such a column are missing
 */
public record DeltaOrigin(
    String id,
    String plan,
    String node,
    long serverId,
    String serverUuid,
    String version,
    Place from,
    Set<String> schemas,
    boolean complete) {
  public DeltaOrigin {
    schemas = Set.copyOf(schemas);
  }
}
