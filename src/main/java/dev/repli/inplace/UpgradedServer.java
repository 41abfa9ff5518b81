package dev.repli.inplace;

import dev.repli.backup.BackupFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to be asked of the server itself. Every method throws NodeException. */
public interface UpgradedServer extends AutoCloseable {

  /** For example {@code 11.8.6-MariaDB-log}. */
  String version();

  Path dataDirectory();

  /** Where its binary logs are; empty when it writes none. */
  Optional<Path> logFolder();

  /** Options that say where data, redo and undo logs are, each with the folder; absolute or not. */
  Map<String, String> folders();

  /** In their order. */
  List<BinaryLog> logs();

  /**
   * A binary log.
   *
   * @param bytes its length now
   */
  record BinaryLog(String name, long bytes) {}

  /** The GTID list at a place of a binary log; empty when the server never was there. */
  Optional<String> gtidAt(String log, long offset);

  /** Everything it has written; empty when it has written nothing. */
  String position();

  /** Rows and checksum of each of these tables, named {@code schema.table}. */
  Map<String, BackupFacts.Table> tables(List<String> names);

  /** Bytes of the largest packet that a new session may send. */
  long largestPacket();

  /** Sets the largest packet for sessions that begin from now on. */
  void largestPacket(long bytes);

  @Override
  void close();
}
