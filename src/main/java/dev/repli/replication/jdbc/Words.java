package dev.repli.replication.jdbc;

import dev.repli.plan.Node;

/** How a technology names its replication. */
record Words(String status, String replica, String source, String binlog) {
  static Words of(Node.Kind kind) {
    return switch (kind) {
      case MARIADB -> new Words("SHOW SLAVE STATUS", "Slave", "Master", "SHOW MASTER STATUS");
      case MYSQL -> new Words("SHOW REPLICA STATUS", "Replica", "Source", "SHOW BINARY LOG STATUS");
    };
  }
}
