package dev.repli.plan;

/** How the changes of one server come to another. Measured, for each pair of technologies. */
public enum Transport {
  /** The follower replicates them by itself. */
  REPLICATION,

  /**
   * Repli reads them and imports them continuously: MySQL since 8.4 cannot read the row events that
   * MariaDB writes, and earlier ones diverge without an error on default settings.
   */
  STREAM;

  /** From the server that writes to the one that follows it. */
  public static Transport of(Node writer, Node follower) {
    return writer.kind() == Node.Kind.MARIADB && follower.kind() == Node.Kind.MYSQL
        ? STREAM
        : REPLICATION;
  }
}
