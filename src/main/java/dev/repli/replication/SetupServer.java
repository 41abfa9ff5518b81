package dev.repli.replication;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of a set-up. Acts are repeatable and read their effect back. Not for several threads.
 * Every method throws {@link dev.repli.database.NodeException}.
 */
public interface SetupServer extends AutoCloseable {
  Node node();

  // ---- looks ----

  Facts look();

  /**
   * What is true of the server.
   *
   * @param variables global variables by lower-case name, as the server spells their values
   */
  record Facts(String version, long serverId, Map<String, String> variables) {
    public Facts {
      variables = Map.copyOf(variables);
    }

    /** Major and minor as one number: 10.11 is 1011, 11.8 is 1108. */
    public int release() {
      String[] parts = version.split("[^0-9]+", 3);
      return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
    }

    public String variable(String name) {
      return variables.getOrDefault(name, "");
    }

    public boolean isOn(String name) {
      return variable(name).equalsIgnoreCase("ON") || variable(name).equals("1");
    }
  }

  /**
   * What is in some schemas.
   *
   * @param wanted empty for all but the server's own
   */
  Content content(List<String> wanted);

  /**
   * Tables and what makes them hard to copy or to replicate; names as {@code schema.table} or
   * {@code schema.table.column}.
   *
   * @param schemas that exist
   * @param bytes of data and indexes, about
   * @param otherEngines tables that no snapshot covers, with their engine
   * @param versioned system-versioned tables
   * @param unreplicable what MariaDB cannot load when it comes from MySQL, with the reason
   */
  record Content(
      List<String> schemas,
      int tables,
      long bytes,
      List<String> otherEngines,
      List<String> versioned,
      List<String> collations,
      List<String> unreplicable) {
    public Content {
      schemas = List.copyOf(schemas);
      otherEngines = List.copyOf(otherEngines);
      versioned = List.copyOf(versioned);
      collations = List.copyOf(collations);
      unreplicable = List.copyOf(unreplicable);
    }
  }

  /** Those of the collations that this server does not know. */
  List<String> unknownCollations(List<String> collations);

  /** Whether an account can log in here with its password, and what it may. */
  Login login(Account account);

  /** Outcome of a login. */
  sealed interface Login {
    /**
     * It can.
     *
     * @param replicates it has REPLICATION SLAVE
     * @param encrypted that login was
     */
    record Accepted(boolean replicates, boolean encrypted) implements Login {}

    /** Nobody is called so, or the password is another one. */
    record Refused(String why) implements Login {}
  }

  /** Whether an account of this name is there, whatever its password. */
  boolean hasAccount(Account account);

  /** End of this server's own history: GTID of MariaDB, file and offset of MySQL. */
  Position position();

  /** Place in the binary log, for a replica that is to begin now. */
  Position binlogEnd();

  Replica replica();

  /**
   * The replication of this server.
   *
   * @param from {@code host:port}, empty when it replicates from nobody
   * @param receiving the IO thread is connected
   * @param applying the SQL thread runs
   * @param error last error of either thread, with its number; may be empty although one stopped
   * @param encrypted as it is set, not as it is now
   */
  record Replica(
      String from,
      boolean receiving,
      boolean applying,
      long sourceServerId,
      String error,
      boolean encrypted,
      boolean verified,
      String lagSeconds) {
    public static final Replica NONE = new Replica("", false, false, 0, "", false, false, "");

    public boolean configured() {
      return !from.isEmpty();
    }

    public boolean follows() {
      return receiving && applying;
    }
  }

  /** Waits until this replica has applied a position of its source; bounded by the server. */
  CatchUp waitFor(Position position, Duration atMost);

  /** When the run's heartbeat was written, as the server that holds it says. */
  Optional<String> heartbeat(String run);

  // ---- acts ----

  /** Makes an account that may only replicate, for this server alone. */
  void createReplicationAccount(Account account);

  /**
   * Lets this server connect to the source as a replica, apply nothing, and forget it again. Empty
   * when it could; otherwise why not.
   */
  Optional<String> tryReplication(Node source, Position from);

  /** Ends the session that holds this lock: the loader of a Repli that died. */
  void endLoader(String lock);

  /** Refuses application writes and runs no events, now and after a restart where possible. */
  void fence();

  /** Events that were copied must not run here before the cutover. */
  void silenceEvents();

  /** Begins to replicate from the source at its position. Where it already does, nothing. */
  void follow(Node source, Position start);

  /** Stops replicating and forgets the source. */
  void forgetSource();

  /** Writes the run's heartbeat, which replicates. */
  void beat(String run);

  @Override
  void close();
}
