package dev.repli.route.proxysql;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ConnectionLimit;
import dev.repli.route.ReadBack;
import dev.repli.route.ReadSpread;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteFacts;
import dev.repli.route.RouteSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Queries of multiplexed sessions wait in ProxySQL while the writer is held; sessions that are
 * pinned to the old writer are ended once, after the fence. A switch leaves rows of the reader
 * hostgroup alone: reads go on, and the read-only monitor, where it is on, may move them as ever.
 */
final class ProxySqlSession implements RouteSession {
  /** A LOAD is there within 3 ms; ProxySQL sometimes ignores one, so it is sent again. */
  private static final Duration ONE_LOAD = Duration.ofMillis(200);

  private static final int LOADS = 5;

  /** Killed sessions leave their connections within some ms when the node answers. */
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final RouteSpec.ProxySql spec;
  private final Plan plan;
  private final AdminConnection admin;
  private final ServerSql sql;
  private final Readers readers;
  private final ReadBack readBack;

  ProxySqlSession(RouteSpec.ProxySql spec, Plan plan, AdminConnection admin, ReadBack readBack) {
    this.spec = spec;
    this.plan = plan;
    this.admin = admin;
    this.sql = new ServerSql(spec, plan);
    this.readers = new Readers(spec, plan, admin, sql);
    this.readBack = readBack;
  }

  @Override
  public RouteSpec spec() {
    return spec;
  }

  @Override
  public RouteState look() {
    List<ServerRow> writers = writers();
    boolean source = isOnline(writers, Node.Role.SOURCE);
    boolean target = isOnline(writers, Node.Role.TARGET);
    Optional<Node.Role> writer =
        source == target
            ? Optional.empty()
            : Optional.of(source ? Node.Role.SOURCE : Node.Role.TARGET);
    String detail =
        writers.stream()
            .map(ServerRow::toString)
            .sorted()
            .collect(Collectors.joining(", ", "writers: ", ""));
    List<PoolRow> pool = pool();
    return new RouteState(
        writer, used(pool, Node.Role.SOURCE), used(pool, Node.Role.TARGET), detail);
  }

  private List<ServerRow> writers() {
    return admin.look(
        "SELECT "
            + ServerRow.COLUMNS
            + " FROM runtime_mysql_servers WHERE hostgroup_id="
            + spec.writerHostgroup(),
        ServerRow::read);
  }

  private boolean isOnline(List<ServerRow> writers, Node.Role node) {
    return writers.stream().anyMatch(row -> row.is(plan.node(node).address()) && row.isOnline());
  }

  /**
   * What ProxySQL works with, and how much it is used, in one look: its admin port makes such a
   * table anew for each question, which takes it one to three milliseconds.
   */
  private List<PoolRow> pool() {
    return admin.look(sql.pool(), PoolRow::read);
  }

  private boolean isGivenOut(List<PoolRow> pool, Node.Role node) {
    return pool.stream().anyMatch(row -> row.is(plan.node(node).address()) && row.isGivenOut());
  }

  private int used(List<PoolRow> pool, Node.Role node) {
    return pool.stream()
        .filter(row -> row.is(plan.node(node).address()))
        .mapToInt(PoolRow::used)
        .sum();
  }

  @Override
  public RouteFacts facts() {
    return new ServerFacts(spec, admin).read();
  }

  @Override
  public boolean canHold() {
    return true;
  }

  @Override
  public int hold(Node.Role writer, Duration atMost) {
    AtomicInteger left = new AtomicInteger();
    change(
        RouteAct.HOLD,
        writer,
        () -> {
          List<PoolRow> pool = pool();
          left.set(used(pool, writer));
          return !isGivenOut(pool, writer);
        });
    if (left.get() > 0) {
      readBack.within(
          atMost,
          () -> {
            left.set(used(pool(), writer));
            return left.get() == 0;
          });
    }
    return left.get();
  }

  @Override
  public void release(Node.Role writer) {
    change(RouteAct.RELEASE, writer, () -> isGivenOut(pool(), writer));
  }

  @Override
  public void routeTo(Node.Role writer) {
    change(
        RouteAct.ROUTE_TO,
        writer,
        () -> {
          List<PoolRow> pool = pool();
          return isGivenOut(pool, writer) && !isGivenOut(pool, writer.other());
        });
  }

  private void change(RouteAct act, Node.Role node, BooleanSupplier done) {
    if (!sentAndDone(() -> commands(act, node), done)) {
      throw notDone(act + " " + plan.node(node).label(), look().detail());
    }
  }

  /** Sends the statements and reads back; again, since ProxySQL can ignore a first LOAD. */
  private boolean sentAndDone(Supplier<List<String>> commands, BooleanSupplier done) {
    for (int attempt = 0; attempt < LOADS; attempt++) {
      commands.get().forEach(admin::act);
      if (readBack.within(ONE_LOAD, done)) {
        return true;
      }
    }
    return false;
  }

  private RouteException notDone(String what, String seen) {
    return new RouteException(
        spec.name(), "read back " + what + " after " + LOADS + " LOADs", seen);
  }

  @Override
  public Optional<ReadSpread> reads() {
    return Optional.of(readers.look());
  }

  @Override
  public List<String> spreadCommands(ReadWeights wanted) {
    return readers.commands(wanted);
  }

  @Override
  public void spreadReads(ReadWeights wanted) {
    if (!sentAndDone(
        () -> readers.commands(wanted), () -> wanted.holdIn(readers.look().weights()))) {
      throw notDone("the weights " + wanted, readers.look().detail());
    }
  }

  /** A row of the configuration that says how many connections a server may have. */
  private record Limited(int hostgroup, int atMost) {}

  private Limited limited(Node.Role node) {
    return admin.look(sql.limitOf(node), row -> new Limited(row.getInt(1), row.getInt(2))).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new RouteException(
                    spec.name(),
                    "look for max_connections",
                    plan.node(node).address() + " is in neither hostgroup any more"));
  }

  @Override
  public Optional<ConnectionLimit> limit(Node.Role node) {
    int open =
        pool().stream()
            .filter(row -> row.is(plan.node(node).address()))
            .mapToInt(row -> row.used() + row.free())
            .sum();
    return Optional.of(new ConnectionLimit(limited(node).atMost(), open));
  }

  @Override
  public List<String> limitCommands(Node.Role node, int atMost) {
    return sql.limit(limited(node).hostgroup(), node, atMost);
  }

  /** Free connections above the limit are closed; those in use stay until they are free. */
  @Override
  public void limit(Node.Role node, int atMost) {
    if (!sentAndDone(() -> limitCommands(node, atMost), () -> limited(node).atMost() == atMost)) {
      throw notDone("max_connections=" + atMost, "it is " + limited(node).atMost());
    }
  }

  @Override
  public Optional<Integer> endSessions(Node.Role node) {
    AtomicInteger ended = new AtomicInteger();
    readBack.within(
        GOODBYE,
        () -> {
          if (used(pool(), node) == 0) {
            return true;
          }
          List<String> kills = commands(RouteAct.END_SESSIONS, node);
          kills.forEach(admin::act);
          ended.addAndGet(kills.size());
          return false;
        });
    return Optional.of(ended.get());
  }

  @Override
  public void save() {
    commands(RouteAct.SAVE, Node.Role.SOURCE).forEach(admin::act);
  }

  @Override
  public List<String> commands(RouteAct act, Node.Role node) {
    return switch (act) {
      case HOLD -> sql.hold(node);
      case RELEASE -> sql.release(node);
      case ROUTE_TO -> sql.routeTo(node);
      case SAVE -> sql.save();
      case END_SESSIONS ->
          admin.look(sql.sessionsOn(node), row -> "KILL CONNECTION " + row.getLong(1));
    };
  }

  @Override
  public void close() {
    admin.close();
  }
}
