package dev.repli.delta.imports.jdbc;

import dev.repli.database.Position;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.stream.ReverseStreams;
import dev.repli.delta.stream.RunStream;
import dev.repli.delta.stream.StreamStore;
import dev.repli.delta.stream.jdbc.JdbcStreamStore;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import dev.repli.route.RoutePlans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** One Repli that runs reverse streams, in this process or in one of its own that is killed. */
public final class FullCircleLab {
  static final PlanId PLAN = new PlanId("circle");

  private FullCircleLab() {}

  static StreamStore streams(String url) {
    DriverManagerDataSource database = new DriverManagerDataSource(url);
    return new JdbcStreamStore(JdbcClient.create(database), new JdbcTransactionManager(database));
  }

  static HeldGroups groups(String url) {
    DriverManagerDataSource database = new DriverManagerDataSource(url);
    return new JdbcHeldGroups(JdbcClient.create(database), new JdbcTransactionManager(database));
  }

  static ReverseStreams open(String url, Node source, Node target, Secrets secrets, String owner) {
    HeldChanges held = ImportLab.held(url);
    RunStream run =
        new RunStream(
            new BinlogDeltaSource(secrets),
            new JdbcImportTarget(secrets),
            held,
            FullCircleLab::pause);
    return new ReverseStreams(
        streams(url),
        new Only(plan(source, target)),
        run,
        groups(url),
        plan -> position(plan.target(), secrets),
        Runnable::run,
        new SimpleMeterRegistry(),
        owner,
        Clock.systemUTC(),
        FullCircleLab::pause);
  }

  static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  private record Only(Plan plan) implements Plans {
    @Override
    public List<Plan> all() {
      return List.of(plan);
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return id.equals(plan.id()) ? Optional.of(plan) : Optional.empty();
    }
  }

  private static Plan plan(Node source, Node target) {
    Plan any =
        RoutePlans.plan(
            source.address(), target.address(), new RouteSpec.Lab("lab", Optional.empty()));
    return new Plan(
        PLAN,
        "Full circle",
        any.locale(),
        source,
        target,
        any.routes(),
        any.rollbackWindow(),
        any.budgets(),
        any.blockers(),
        any.probe(),
        any.approvals(),
        any.steps(),
        any.cutover(),
        any.checks(),
        any.copy(),
        any.people(),
        any.guardrails(),
        any.reads(),
        new DeltaRules(Optional.of(ImportLab.account()), List.of()),
        any.criteria(),
        any.communication(),
        any.contacts(),
        any.contentHash());
  }

  static Position position(Node node, Secrets secrets) {
    String url = "jdbc:mariadb://127.0.0.1:%d/?sslMode=disable".formatted(node.address().port());
    try (Connection connection =
        DriverManager.getConnection(url, "repli", secrets.resolve(node.account().password()))) {
      return new Position(
          Position.Kind.MARIADB_GTID, ImportLab.text(connection, "SELECT @@gtid_binlog_pos"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Node node(Node.Role role, Node.Kind kind, int port) {
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        new Account("repli", new SecretRef("env:REPLI")),
        new Account("repl", new SecretRef("env:REPL")),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  /**
   * Arguments: Repli's database, port of the source, port of the target. Runs until it is killed.
   */
  public static void main(String[] args) {
    Function<String, String> environment = name -> Objects.requireNonNull(System.getenv(name));
    Secrets secrets = reference -> environment.apply(reference.value().substring("env:".length()));
    ReverseStreams streams =
        open(
            args[0],
            node(Node.Role.SOURCE, Node.Kind.MYSQL, Integer.parseInt(args[1])),
            node(Node.Role.TARGET, Node.Kind.MARIADB, Integer.parseInt(args[2])),
            secrets,
            "child-" + ProcessHandle.current().pid());
    System.out.println("begins");
    while (true) {
      streams.tick();
      pause(Duration.ofMillis(200));
    }
  }
}
