package dev.repli.database.survey;

import java.time.Duration;

/**
 * A session now.
 *
 * @param host of the client, with its port where the server tells; empty for the server's own
 * @param age of its present command
 * @param statement beginning of what it runs, empty when it sleeps
 * @param own whether it is one of Repli's
 */
public record Session(
    long id,
    String user,
    String host,
    String schema,
    String command,
    Duration age,
    String state,
    String statement,
    boolean own) {

  /** Threads of the server itself: replication, events, daemons. */
  public boolean ofServer() {
    return user.isEmpty()
        || user.equals("system user")
        || user.equals("event_scheduler")
        || command.equals("Daemon")
        || command.startsWith("Slave_");
  }

  /** A replica, or somebody else who reads the binary log. */
  public boolean readsBinaryLog() {
    return command.startsWith("Binlog Dump");
  }

  /** A client's work: neither the server's, nor a replica's, nor Repli's. */
  public boolean ofClient() {
    return !own && !ofServer() && !readsBinaryLog();
  }

  /** Without the port. */
  public String hostName() {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && host.substring(colon + 1).matches("\\d+");
    return port ? host.substring(0, colon) : host;
  }

  public String who() {
    return user + "@" + host;
  }
}
