package dev.repli.comparison.jdbc;

import dev.repli.comparison.CompareTables;
import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonLimits;
import dev.repli.comparison.ComparisonRequest;
import dev.repli.comparison.ComparisonStore;
import dev.repli.comparison.TableComparison;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableSelection;
import dev.repli.database.ServerPair;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.route.RoutePlans;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Comparisons of two real servers, kept in an H2 database. */
public final class ComparisonLab {
  /** Small chunks, so that small tables have many. */
  static final ComparisonLimits CHUNKS =
      new ComparisonLimits(
          false,
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          5,
          1000);

  private ComparisonLab() {}

  public static TableComparison comparison(
      Secrets secrets, ComparisonStore store, ComparisonLimits limits) {
    return new CompareTables(
        new JdbcComparedNodes(secrets), store, limits, Clock.systemUTC(), System::nanoTime);
  }

  public static ComparisonStore store() {
    return store("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  static ComparisonStore store(String url) {
    DataSource database = new DriverManagerDataSource(url);
    Flyway.configure().dataSource(database).locations("db/migration/h2").load().migrate();
    return new JdbcComparisonStore(
        JdbcClient.create(database), new JdbcTransactionManager(database));
  }

  public static ComparisonRequest request(String id, Plan plan, TableName... tables) {
    TableSelection selection =
        tables.length == 0 ? new TableSelection.All() : new TableSelection.Only(List.of(tables));
    return new ComparisonRequest(
        new ComparisonId(id), plan, Node.Role.SOURCE, Node.Role.TARGET, selection);
  }

  public static Plan plan(Node source, Node target) {
    Endpoint any = new Endpoint("127.0.0.1", 1);
    Plan plan = RoutePlans.plan(any, any, new RouteSpec.Lab("lab", Optional.empty()));
    return new Plan(
        plan.id(),
        plan.title(),
        plan.locale(),
        source,
        target,
        plan.routes(),
        plan.rollbackWindow(),
        plan.budgets(),
        plan.blockers(),
        plan.probe(),
        plan.approvals(),
        plan.steps(),
        plan.cutover(),
        plan.checks(),
        plan.contentHash());
  }

  static Plan plan(ServerPair servers) {
    return plan(servers.sourceNode(), servers.targetNode());
  }
}
