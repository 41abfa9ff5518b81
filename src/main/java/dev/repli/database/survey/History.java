package dev.repli.database.survey;

import java.util.List;

/**
 * What a node keeps of its own history and who reads it.
 *
 * @param state every origin's newest number: MariaDB {@code gtid_binlog_state}, MySQL {@code
 *     gtid_executed}
 * @param filters of the binary log: databases written or left out
 * @param readers registered replicas
 */
public record History(
    String state, List<BinaryLog> logs, List<String> filters, List<Reader> readers) {
  public History {
    logs = List.copyOf(logs);
    filters = List.copyOf(filters);
    readers = List.copyOf(readers);
  }

  /** One file of the binary log. */
  public record BinaryLog(String name, long bytes) {}

  /** A replica that is registered here. */
  public record Reader(long serverId, String host, int port) {}
}
