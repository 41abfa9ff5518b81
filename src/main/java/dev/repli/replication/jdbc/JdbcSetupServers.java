package dev.repli.replication.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import dev.repli.replication.SetupServer;
import dev.repli.replication.SetupServers;

/** Connects with the plan's account for copying, else with Repli's own. */
final class JdbcSetupServers implements SetupServers {
  private final Connections connections;
  private final Kind kind;

  private JdbcSetupServers(Secrets secrets, Kind kind) {
    this.connections = new Connections(secrets);
    this.kind = kind;
  }

  /** Makes a session of an open connection. */
  private interface Kind {
    SetupServer of(SqlLink link, Connections connections, ActLog log);
  }

  /** Servers that do what they are told. */
  static SetupServers acting(Secrets secrets) {
    return new JdbcSetupServers(
        secrets, (link, connections, log) -> new ActingServer(link, connections));
  }

  /** Servers that only say what they would be told. */
  static SetupServers planned(Secrets secrets) {
    return new JdbcSetupServers(secrets, PlannedServer::new);
  }

  @Override
  public SetupServer connect(Plan plan, Node.Role role, ActLog log) {
    Node copier = plan.forCopying().node(role);
    return kind.of(connections.open(copier, LookingServer.ANSWER, log), connections, log);
  }
}
