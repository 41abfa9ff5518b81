package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two real servers, one of them the writer, HAProxy or the lab route in front, a client that writes
 * all the time and keeps its own log, and the plan that describes it: what a switch needs except
 * Repli.
 */
public final class SwitchTopology implements AutoCloseable {
  private final Resources resources = new Resources();
  private final Path directory;
  private final LabNodes nodes;
  private final DemoRoute route;
  private final Path plans;
  private @Nullable Traffic traffic;

  /** Brings the route up in front of both servers. */
  private interface Entrance {
    DemoRoute open(Path directory, LabNodes nodes, Node.Role writer) throws IOException;
  }

  private SwitchTopology(
      Path directory,
      ServerInstallation source,
      ServerInstallation target,
      String budgets,
      Node.Role writer,
      Entrance entrance)
      throws SQLException, InterruptedException, IOException {
    this.directory = directory;
    this.nodes = LabNodes.start(source, target, directory, resources, writer);
    this.route = resources.add(entrance.open(directory, nodes, writer));
    this.plans = LabPlan.write(directory, nodes, route);
    Path plan = plans.resolve(LabPlan.ID + ".yaml");
    String text = Files.readString(plan);
    Files.writeString(plan, text.replaceFirst("budgets:\n( +[^\n]*\n)+", "budgets:\n" + budgets));
  }

  private static DemoRoute haproxy(Path directory, LabNodes nodes, Node.Role writer)
      throws IOException {
    return LabHaproxy.start(
        LabHaproxy.program()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "HAProxy is not installed; run: scripts/install-test-tools")),
        directory,
        Ports.free(),
        nodes.source().port(),
        nodes.target().port(),
        writer);
  }

  /** The same behind ProxySQL, whose clients' sessions it can move. */
  public static SwitchTopology startBehindProxySql(
      Path directory, ServerInstallation server, String budgets) {
    return startBehindProxySql(directory, server, budgets, Node.Role.TARGET);
  }

  /** The same with the writer that a test wishes. */
  public static SwitchTopology startBehindProxySql(
      Path directory, ServerInstallation server, String budgets, Node.Role writer) {
    return start(directory, server, server, budgets, writer, LabProxySql::start);
  }

  /** Before a cutover: the source writes, the target follows. */
  public static SwitchTopology startBeforeCutover(
      Path directory, ServerInstallation server, String budgets) {
    return start(directory, server, server, budgets, Node.Role.SOURCE, SwitchTopology::haproxy);
  }

  /**
   * Starts everything; the target writes.
   *
   * @param budgets lines of the plan's budgets, indented
   */
  public static SwitchTopology start(
      Path directory, ServerInstallation source, ServerInstallation target, String budgets) {
    return start(directory, source, target, budgets, Node.Role.TARGET, SwitchTopology::haproxy);
  }

  private static SwitchTopology start(
      Path directory,
      ServerInstallation source,
      ServerInstallation target,
      String budgets,
      Node.Role writer,
      Entrance entrance) {
    try {
      return new SwitchTopology(directory, source, target, budgets, writer, entrance);
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("the topology of the test does not start", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public Path directory() {
    return directory;
  }

  public Path plans() {
    return plans;
  }

  public String planId() {
    return LabPlan.ID;
  }

  public MariaDbServer node(Node.Role role) {
    return role == Node.Role.SOURCE ? nodes.source() : nodes.target();
  }

  public int serverId(Node.Role role) {
    return role == Node.Role.SOURCE ? LabNodes.SOURCE_ID : LabNodes.TARGET_ID;
  }

  public Endpoint entrance() {
    return route.endpoint();
  }

  /** Clients write from now on. */
  public void write(int perSecond) {
    traffic =
        resources.add(
            Traffic.start(
                route.endpoint(), "app", nodes.source().accounts().application(), perSecond));
  }

  public int acknowledged() {
    return traffic == null ? 0 : traffic.log().acknowledgedCount();
  }

  /** Stops the clients and compares their log with what is on the node. */
  public Verdict verdict(Node.Role writer) {
    Traffic stopped = traffic;
    if (stopped == null) {
      throw new IllegalStateException("nobody wrote");
    }
    stopped.close();
    return compare(writer);
  }

  /** Compares the log so far with what is on the node; clients may go on. */
  public Verdict compare(Node.Role writer) {
    Traffic now = traffic;
    if (now == null) {
      throw new IllegalStateException("nobody wrote");
    }
    ClientLog.Snapshot log = now.log().snapshot();
    try (Connection admin = node(writer).admin()) {
      TrafficVerdict verdict = TrafficVerdict.of(log, admin, serverId(writer));
      return new Verdict(
          verdict.acknowledged(),
          verdict.lost(),
          verdict.duplicated(),
          verdict.outage().map(o -> o.toNanos() / 1e6));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whether a node replicates now. */
  public boolean follows(Node.Role role) {
    try (Connection admin = node(role).admin();
        Statement statement = admin.createStatement();
        ResultSet status = statement.executeQuery("SHOW SLAVE STATUS")) {
      return status.next()
          && status.getString("Slave_IO_Running").equals("Yes")
          && status.getString("Slave_SQL_Running").equals("Yes");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whether a node refuses writes of applications now. */
  public boolean isReadOnly(Node.Role role) {
    try (Connection admin = node(role).admin();
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.read_only")) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Errors that clients got, with how often each came. */
  public Map<String, Integer> errors() {
    return traffic == null ? Map.of() : traffic.log().counts().errors();
  }

  /** Limits of both servers in a table of ProxySQL. */
  List<Integer> proxySqlLimits(String table) {
    if (!(route instanceof LabProxySql proxySql)) {
      throw new IllegalStateException("there is no ProxySQL");
    }
    return proxySql.limits(table);
  }

  /** What the client's own log says. */
  public record Verdict(
      int acknowledged, int lost, int duplicated, Optional<Double> outageMillis) {}

  @Override
  public void close() {
    resources.close();
  }

  /** The plan's text, for tests that change it. */
  public String planText() {
    try {
      return Files.readString(plans.resolve(LabPlan.ID + ".yaml"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
