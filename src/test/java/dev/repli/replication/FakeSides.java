package dev.repli.replication;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two servers and a copy in memory. Every outside change is counted and can be where Repli dies:
 * what was changed stays, what was not is not.
 */
public final class FakeSides implements SetupServers, Copies, SetupGuardrails {
  private static final Position START = new Position(Position.Kind.MARIADB_GTID, "0-1-7");
  private static final Position END = new Position(Position.Kind.MARIADB_GTID, "0-1-9");

  /** Changes in the order in which they happened. */
  public final List<String> changes = new ArrayList<>();

  /** Variables by node, on top of those of a sound server. */
  public final Map<Node.Role, Map<String, String>> settings = new HashMap<>();

  public boolean account = true;
  public String connectError = "";
  public String copyError = "";
  public boolean targetEmpty = true;
  public int copyLooks = 1;
  public int catchUpLooks = 1;
  public List<Finding> guardrails = List.of();
  public List<String> unknown = List.of();
  public boolean down;
  public boolean replacing;
  private final List<String> parts = new ArrayList<>();
  private SetupServer.Replica replica = SetupServer.Replica.NONE;
  private boolean fenced;
  private boolean beat;
  private boolean cleared;
  private int killAt = -1;
  private boolean killBefore;

  public FakeSides() {
    settings.put(Node.Role.SOURCE, new HashMap<>(sound("1")));
    settings.put(Node.Role.TARGET, new HashMap<>(sound("2")));
  }

  /** Sets one variable of a server. */
  void set(Node.Role role, String name, String value) {
    settings.computeIfAbsent(role, r -> new HashMap<>()).put(name, value);
  }

  private static Map<String, String> sound(String id) {
    return Map.of(
        "version", "11.8.6-MariaDB",
        "server_id", id,
        "log_bin", "ON",
        "log_slave_updates", "ON",
        "binlog_format", "ROW",
        "binlog_row_image", "FULL",
        "have_ssl", "YES");
  }

  /** Repli died here. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  void killAt(int change, boolean before) {
    killAt = change;
    killBefore = before;
  }

  private void change(String what, Runnable change) {
    boolean here = changes.size() == killAt;
    if (here && killBefore) {
      killAt = -1;
      throw new Killed();
    }
    changes.add(what);
    change.run();
    if (here) {
      killAt = -1;
      throw new Killed();
    }
  }

  boolean follows() {
    return replica.follows() && fenced && beat && parts.equals(List.of("dump", "load"));
  }

  @Override
  public List<Finding> look(Plan plan) {
    return guardrails;
  }

  // ---- copies ----

  @Override
  public State advance(Order order) {
    if (!copyError.isEmpty()) {
      String why = copyError;
      copyError = "";
      return new State.Failed("loading the target", why);
    }
    if (!parts.contains("dump")) {
      change("dump", () -> parts.add("dump"));
      return new State.Working("dumping the source");
    }
    if (copyLooks-- > 0) {
      return new State.Working("loading the target");
    }
    if (!parts.contains("load")) {
      change(
          "load",
          () -> {
            parts.add("load");
            fenced = true;
          });
    }
    return new State.Copied("copied", START);
  }

  @Override
  public Ability ability(Plan plan, long bytes) {
    return new Ability(Optional.empty(), Optional.of("no files"));
  }

  @Override
  public Optional<State> look(RunKey run) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        parts.contains("load")
            ? new State.Copied("copied", START)
            : new State.Working("dumping the source"));
  }

  @Override
  public boolean replaces(RunKey run) {
    return replacing;
  }

  @Override
  public void clear(RunKey run, Plan plan) {
    cleared = true;
  }

  public boolean cleared() {
    return cleared;
  }

  public boolean replicates() {
    return replica.configured();
  }

  // ---- servers ----

  @Override
  public SetupServer connect(Plan plan, Node.Role role, ActLog log) {
    if (down) {
      throw new NodeException(
          plan.node(role), "connecting", "refused", NodeException.Action.WAIT_AND_RETRY);
    }
    return new Side(plan.node(role));
  }

  private final class Side implements SetupServer {
    private final Node node;

    Side(Node node) {
      this.node = node;
    }

    private boolean isSource() {
      return node.role() == Node.Role.SOURCE;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public Facts look() {
      Map<String, String> variables = settings.getOrDefault(node.role(), Map.of());
      return new Facts(
          variables.getOrDefault("version", ""),
          Long.parseLong(variables.getOrDefault("server_id", "0")),
          variables);
    }

    @Override
    public Content content(List<String> wanted) {
      int tables = isSource() ? 3 : targetEmpty ? 0 : 2;
      return new Content(List.of("app"), tables, 1000, List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public List<String> unknownCollations(List<String> collations) {
      return unknown;
    }

    @Override
    public Login login(Account wanted) {
      return account ? new Login.Accepted(true, true) : new Login.Refused("error 1045");
    }

    @Override
    public boolean hasAccount(Account wanted) {
      return account;
    }

    @Override
    public Position position() {
      return isSource() ? END : new Position(Position.Kind.MARIADB_GTID, "");
    }

    @Override
    public Position binlogEnd() {
      return new Position(Position.Kind.BINLOG_FILE, "bin.000001:4");
    }

    @Override
    public Replica replica() {
      return isSource() ? Replica.NONE : replica;
    }

    @Override
    public CatchUp waitFor(Position position, Duration atMost) {
      return catchUpLooks-- > 0
          ? new CatchUp.NotReached("not yet")
          : new CatchUp.Reached(Duration.ofMillis(3));
    }

    @Override
    public Optional<String> heartbeat(String run) {
      return beat ? Optional.of("2026-11-21 05:00:00") : Optional.empty();
    }

    @Override
    public void createReplicationAccount(Account wanted) {
      change("create account", () -> account = true);
    }

    @Override
    public Optional<String> tryReplication(Node source, Position from) {
      return connectError.isEmpty() ? Optional.empty() : Optional.of(connectError);
    }

    @Override
    public void endLoader(String lock) {
      // the copy in memory has none
    }

    @Override
    public void fence() {
      if (!fenced) {
        change("fence", () -> fenced = true);
      }
    }

    @Override
    public void silenceEvents() {
      // the copy in memory has none
    }

    @Override
    public void follow(Node source, Position start) {
      if (!replica.configured()) {
        change(
            "follow from " + start,
            () ->
                replica =
                    new Replica(source.address().toString(), true, true, 1, "", false, false, "0"));
      }
    }

    @Override
    public void forgetSource() {
      if (replica.configured()) {
        change("forget source", () -> replica = Replica.NONE);
      }
    }

    @Override
    public void beat(String run) {
      change("heartbeat", () -> beat = true);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** The SQL thread stops with an empty error. */
  public void stopApplying() {
    replica = new SetupServer.Replica(replica.from(), true, false, 1, "", false, false, "0");
  }

  /** Somebody has mended it. */
  public void apply() {
    replica = new SetupServer.Replica(replica.from(), true, true, 1, "", false, false, "0");
  }
}
