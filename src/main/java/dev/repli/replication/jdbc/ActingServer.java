package dev.repli.replication.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.NodeException.Action;
import dev.repli.database.Position;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.FenceFile;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Optional;

/** Does what it is told and reads it back. */
final class ActingServer extends LookingServer {
  private static final String FENCE_FILE =
      """
      # written by Repli: this node is a replica, another one is the writer
      [mariadbd]
      read_only=ON
      event_scheduler=OFF
      """;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final int POLLS = 2000;

  ActingServer(SqlLink link, Connections connections) {
    super(link, connections);
  }

  @Override
  public void createReplicationAccount(Account account) {
    String secret = password(account);
    String doing = "creating the replication account " + account.user();
    SetupSql.createReplicationAccount(account.user(), secret, node().tls())
        .forEach(sql -> link.act(doing, sql, secret));
  }

  @Override
  public Optional<String> tryReplication(Node source, Position from) {
    String doing = "trying to connect to " + source.label() + " as a replica";
    String secret = password(source.replication());
    forgetTrial(doing);
    SetupSql.tryReplication(source, from, secret).forEach(sql -> link.act(doing, sql, secret));
    try {
      Optional<Replica> last = trial(doing);
      for (int poll = 0; poll < POLLS && undecided(last); poll++) {
        var unused = link.text(doing, "SELECT SLEEP(0.005)");
        last = trial(doing);
      }
      if (last.filter(Replica::receiving).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(last.map(now -> Mending.of(now, source)).orElse("it gave no answer"));
    } finally {
      forgetTrial(doing);
    }
  }

  private static boolean undecided(Optional<Replica> trial) {
    return trial.filter(t -> t.receiving() || !t.error().isEmpty()).isEmpty();
  }

  private Optional<Replica> trial(String doing) {
    return link.row(doing, SetupSql.trialStatus(), this::read);
  }

  /** Also what an earlier trial left behind that was killed. */
  private void forgetTrial(String doing) {
    boolean there =
        link.rows(doing, "SHOW ALL SLAVES STATUS", row -> row.getString("Connection_name")).stream()
            .anyMatch(SetupSql.TRIAL::equals);
    if (there) {
      link.act(doing, SetupSql.forgetTrial());
    }
  }

  @Override
  public void endLoader(String lock) {
    String doing = "ending the loader of an earlier Repli";
    Optional<String> holder = link.text(doing, "SELECT IS_USED_LOCK(?)", lock);
    if (holder.isPresent()) {
      link.act(doing, SetupSql.end(holder.get()));
      if (!link.becomes(doing, "IS_USED_LOCK(?) IS NULL", lock)) {
        throw new NodeException(
            node(), doing, "session " + holder.get() + " does not end", Action.WAIT_AND_RETRY);
      }
    }
  }

  @Override
  public void fence() {
    String doing = "fencing";
    if (is(doing, "event_scheduler", "ON")) {
      link.act(doing, SetupSql.quiet());
    }
    if (!is(doing, "read_only", "1")) {
      link.act(doing, SetupSql.fence());
    }
    if (!is(doing, "read_only", "1")) {
      throw new NodeException(node(), doing, "read_only did not stay on", Action.REPAIR_TARGET);
    }
    new FenceFile(node()).write(true, FENCE_FILE);
  }

  private boolean is(String doing, String variable, String value) {
    return link.text(doing, "SELECT @@GLOBAL." + variable).filter(value::equals).isPresent();
  }

  @Override
  public void silenceEvents() {
    String doing = "switching copied events off";
    link.rows(
            doing,
            "SELECT definer, event_schema, event_name FROM information_schema.events"
                + " WHERE status = 'ENABLED' AND event_schema NOT IN ('mysql', 'sys')",
            row -> SetupSql.silence(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(statements -> link.act(doing, statements));
  }

  @Override
  public void follow(Node source, Position start) {
    String doing = "replicating from " + source.label();
    Replica now = replica();
    if (now.configured() && !now.from().equals(source.address().toString())) {
      throw new NodeException(
          node(),
          doing,
          "it replicates from " + now.from() + "; run there: STOP SLAVE; RESET SLAVE ALL",
          Action.REPAIR_TARGET);
    }
    if (!now.configured()) {
      String secret = password(source.replication());
      SetupSql.follow(source, start, secret).forEach(sql -> link.act(doing, sql, secret));
    } else if (!now.follows()) {
      // its own position counts now: going back to that of the copy would apply changes twice
      link.act(doing, SetupSql.startReplica(), "");
    }
    awaitRunning(doing, source);
  }

  private void awaitRunning(String doing, Node source) {
    Replica now = replica();
    for (int poll = 0; poll < POLLS && !now.follows() && now.error().isEmpty(); poll++) {
      var unused = link.text(doing, "SELECT SLEEP(0.005)");
      now = replica();
    }
    if (!now.follows()) {
      throw new NodeException(node(), doing, Mending.of(now, source), Action.REPAIR_TARGET);
    }
    boolean tls = source.tls() != Node.Tls.DISABLED;
    if (now.encrypted() != tls) {
      throw new NodeException(
          node(),
          doing,
          "MASTER_SSL reads back as " + now.encrypted() + ", the plan says tls: " + source.tls(),
          Action.REPAIR_TARGET);
    }
  }

  @Override
  public void forgetSource() {
    if (replica().configured()) {
      link.limit(STOP_LIMIT);
      link.act("forgetting the source", SetupSql.forgetSource());
      link.usualLimit();
    }
  }

  @Override
  public void beat(String run) {
    link.act("writing a heartbeat", SetupSql.beat(run));
  }
}
