package dev.repli.database;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the real servers, but only writes down what would be sent to them. What was "done" shows
 * in later looks of the same session, so that the steps after it go on as they would.
 */
final class DryRunDatabase implements Database {
  private final Database real;
  private final Consumer<PlannedAct> acts;

  DryRunDatabase(Database real, Consumer<PlannedAct> acts) {
    this.real = real;
    this.acts = acts;
  }

  @Override
  public Node.Kind kind() {
    return real.kind();
  }

  @Override
  public ActStatements statements() {
    return real.statements();
  }

  @Override
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    return new DryRunSession(real.connect(node, lease, ActLog.NONE), real.statements(), acts);
  }

  /** Connects for real, so that the account and the way there are tried; writes nothing. */
  @Override
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    ProbeConnection probe = real.openProbe(at, like, account);
    return new ProbeConnection() {
      @Override
      public Ack write(String run, String id) {
        acts.accept(new PlannedAct(at.toString(), "write probe row " + id));
        return new Ack.Acknowledged();
      }

      @Override
      public Read read(Optional<String> query, Duration atMost) {
        return probe.read(query, atMost);
      }

      @Override
      public void close() {
        probe.close();
      }
    };
  }
}
