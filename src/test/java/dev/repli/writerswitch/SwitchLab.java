package dev.repli.writerswitch;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Account;
import dev.repli.plan.ApprovalRules;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Checks;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import dev.repli.route.FakeRoute;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two fake nodes behind a fake route, the target being the writer, and a client that remembers what
 * was acknowledged.
 */
final class SwitchLab {
  static final Endpoint ENTRANCE = new Endpoint("127.0.0.1", 3300);
  static final Duration LEASE = Duration.ofSeconds(10);
  final VirtualTime time = new VirtualTime();
  final FakeDatabase database;
  final FakeRoute route;
  final InMemoryJournal journal = new InMemoryJournal(time);
  final Plan plan;
  final List<String> acknowledged = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  private final Path probeDirectory;

  SwitchLab(FakeRoute route, Path probeDirectory) {
    this(route, Node.Kind.MARIADB, probeDirectory);
  }

  SwitchLab(FakeRoute route, Node.Kind source, Path probeDirectory) {
    this.database =
        new FakeDatabase(
            time,
            node(Node.Role.SOURCE, source, 3301),
            node(Node.Role.TARGET, Node.Kind.MARIADB, 3302));
    this.route = route;
    this.probeDirectory = probeDirectory;
    this.plan = plan(database);
    database.writerIs(Node.Role.TARGET);
    database.source().onFenceChange(fenced -> neverTwo());
    database.target().onFenceChange(fenced -> neverTwo());
    prepare();
    database.route(
        ENTRANCE, () -> route.whoAnswers().map(database::node).orElse(database.target()));
  }

  /**
   * A replica comes back read only after a restart, as its option file says; the probe's table is
   * there.
   */
  private void prepare() {
    try (NodeSession source = database.connect(plan.source(), LEASE, ActLog.NONE);
        NodeSession target = database.connect(plan.target(), LEASE, ActLog.NONE)) {
      source.persistFence(true);
      target.prepareProbe();
    }
  }

  private void neverTwo() {
    if (database.source().accepts() && database.target().accepts()) {
      violations.add("two writers at " + time.instant());
    }
  }

  /** A client's write, if a route leads anywhere. */
  void clientWrites() {
    Optional<Node.Role> who = route.whoAnswers();
    if (who.isEmpty()) {
      return;
    }
    String id = "w" + acknowledged.size() + "-" + time.instant().toEpochMilli() + "-" + who.get();
    Account account = plan.probe().account();
    try (ProbeConnection client = database.openProbe(ENTRANCE, plan.source(), account)) {
      if (client.write("client", id) instanceof ProbeConnection.Ack.Acknowledged) {
        acknowledged.add(id);
      }
    } catch (NodeException down) {
      // a client of a dead server gets no answer: nothing was acknowledged
    }
  }

  /** A client that knows the node, as one whose session a hold cannot move. */
  void clientWritesStraightTo(FakeNode node) {
    String id = "d" + acknowledged.size() + "-" + node.serverId();
    try (ProbeConnection client =
        database.openProbe(node.node().address(), plan.source(), plan.probe().account())) {
      if (client.write("client", id) instanceof ProbeConnection.Ack.Acknowledged) {
        acknowledged.add(id);
      }
    }
  }

  SwitchPorts ports() {
    return new RealSwitchPorts(
        new Databases(List.of(database)), new Routes(List.of(route)), journal);
  }

  WriterSwitch writerSwitch(SwitchObserver observer, String installation) {
    return writerSwitch(ports(), observer, installation);
  }

  WriterSwitch writerSwitch(SwitchPorts ports) {
    return writerSwitch(ports, SwitchObserver.NONE, "this");
  }

  private WriterSwitch writerSwitch(
      SwitchPorts ports, SwitchObserver observer, String installation) {
    return new WriterSwitch(
        dryRun -> ports,
        observer,
        reference -> "secret",
        time,
        () -> ChronoUnit.NANOS.between(java.time.Instant.EPOCH, time.instant()),
        installation,
        probeDirectory);
  }

  SwitchRequest request(String switchId) {
    return new SwitchRequest(switchId, new RunKey("INC-1"), plan, Direction.TO_SOURCE);
  }

  /** As after the end of the process: whatever it had open is gone. */
  void endAllSessions() {
    database.source().endAllSessions();
    database.target().endAllSessions();
  }

  FakeNode writer() {
    return database.source().accepts() ? database.source() : database.target();
  }

  List<String> lost() {
    List<String> there = writer().history().stream().map(FakeNode.Write::id).toList();
    return acknowledged.stream().filter(id -> !there.contains(id)).toList();
  }

  private static Plan plan(FakeDatabase database) {
    Duration minute = Duration.ofMinutes(1);
    return new Plan(
        new PlanId("lab"),
        "Lab",
        Locale.ENGLISH,
        database.source().node(),
        database.target().node(),
        List.of(new RouteSpec.Lab("app", Optional.of(new Entrance(ENTRANCE, Optional.empty())))),
        Duration.ofHours(24),
        new Budgets(
            LEASE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(3),
            Duration.ofSeconds(5),
            minute),
        BlockerPolicy.WAIT,
        new WriteProbe(
            false,
            Duration.ofMillis(10),
            new Account("probe", new SecretRef("env:PROBE_PASSWORD"))),
        new ApprovalRules(List.of("technical-lead"), Duration.ofHours(4)),
        new StepLimits(minute, minute, minute, minute, minute, minute, List.of()),
        CutoverRules.DEFAULT,
        new Checks(List.of(), List.of(), List.of()),
        "hash");
  }

  private static Node node(Node.Role role, Node.Kind kind, int port) {
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        new Account("repli", new SecretRef("env:REPLI_PASSWORD")),
        new Account("repl", new SecretRef("env:REPL_PASSWORD")),
        Node.Tls.DISABLED,
        Optional.of(Path.of("/etc/mysql/fence.cnf")));
  }
}
