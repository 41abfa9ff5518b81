package dev.repli.database;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Two servers in memory, the source replicated by the target to begin with the way they stand after
 * a cutover is left to the test: {@link #writerIs(Node.Role)}. Passes the same contract as the real
 * adapters.
 */
public final class FakeDatabase implements Database {
  private final VirtualTime time;
  private final FakeNode source;
  private final FakeNode target;
  private final Map<Endpoint, Supplier<FakeNode>> routes = new HashMap<>();

  public FakeDatabase(VirtualTime time) {
    this(time, node(Node.Role.SOURCE, 3301), node(Node.Role.TARGET, 3302));
  }

  public FakeDatabase(VirtualTime time, Node source, Node target) {
    this.time = time;
    this.source = new FakeNode(source, 1, time);
    this.target = new FakeNode(target, 2, time);
    writerIs(Node.Role.SOURCE);
  }

  /** The writer is open, the other is fenced and replicates from it; both know the probe table. */
  public void writerIs(Node.Role role) {
    FakeNode writer = node(role);
    FakeNode other = writer == source ? target : source;
    writer.replication().reset();
    writer.readOnly(false).eventsOn(true);
    other.readOnly(true).eventsOn(false);
    other.replication().from(writer);
  }

  /** What stands behind an endpoint of a route, asked at each write. */
  public void route(Endpoint endpoint, Supplier<FakeNode> writer) {
    routes.put(endpoint, writer);
  }

  public FakeNode source() {
    return source;
  }

  public FakeNode target() {
    return target;
  }

  public FakeNode node(Node.Role role) {
    return role == Node.Role.SOURCE ? source : target;
  }

  public VirtualTime time() {
    return time;
  }

  @Override
  public Node.Kind kind() {
    return Node.Kind.MARIADB;
  }

  /** The same two servers for those of a plan that are MySQL. */
  public Database asMySql() {
    FakeDatabase all = this;
    return new Database() {
      @Override
      public Node.Kind kind() {
        return Node.Kind.MYSQL;
      }

      @Override
      public NodeSession connect(Node node, Duration lease, ActLog log) {
        return all.connect(node, lease, log);
      }

      @Override
      public ActStatements statements() {
        return all.statements();
      }

      @Override
      public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
        return all.openProbe(at, like, account);
      }
    };
  }

  /** A source of the other technology, for {@link #FakeDatabase(VirtualTime, Node, Node)}. */
  public static Node mySqlSource() {
    return node(Node.Role.SOURCE, Node.Kind.MYSQL, 3301);
  }

  public static Node mariaDbTarget() {
    return node(Node.Role.TARGET, 3302);
  }

  @Override
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    FakeNode fake = at(node.address());
    fake.enter("connect");
    FakeSession session = new FakeSession(this, fake, lease, log);
    fake.leave("connect");
    return session;
  }

  @Override
  public ActStatements statements() {
    return new FakeStatements();
  }

  @Override
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    Supplier<FakeNode> behind = routes.containsKey(at) ? routes.get(at) : () -> at(at);
    behind.get().enter("openProbe");
    return new ProbeConnection() {
      @Override
      public Ack write(String run, String id) {
        return behind.get().accept(run, id);
      }

      @Override
      public Read read(Optional<String> query, Duration atMost) {
        return new Read.Answered(behind.get().serverId());
      }

      @Override
      public void close() {}
    };
  }

  FakeNode at(Endpoint endpoint) {
    if (endpoint.equals(source.node().address())) {
      return source;
    }
    if (endpoint.equals(target.node().address())) {
      return target;
    }
    throw new IllegalArgumentException("no fake node at " + endpoint);
  }

  private static Node node(Node.Role role, int port) {
    return node(role, Node.Kind.MARIADB, port);
  }

  private static Node node(Node.Role role, Node.Kind kind, int port) {
    Account account = new Account("repli", new SecretRef("env:REPLI_PASSWORD"));
    Account replication = new Account("repl", new SecretRef("env:REPL_PASSWORD"));
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        account,
        replication,
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
