package dev.repli.guardrail;

import static dev.repli.guardrail.SurveyedPair.ORDERS;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.Accounts.Account;
import dev.repli.database.survey.Channel;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Disks;
import dev.repli.database.survey.History;
import dev.repli.database.survey.Locks;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Security;
import dev.repli.database.survey.Server;
import dev.repli.database.survey.Session;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.database.survey.Tables.Column;
import dev.repli.database.survey.Tables.Index;
import dev.repli.database.survey.Tables.Table;
import dev.repli.database.survey.Version;
import dev.repli.database.survey.Work;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One node of a {@link SurveyedPair}; open fields, as a test is short. */
final class SurveyedServer {
  Node node;
  final Version version;
  final Map<String, String> variables = new HashMap<>();
  final Map<String, String> status = new HashMap<>();
  final List<Table> tables = new ArrayList<>();
  final List<Column> columns = new ArrayList<>();
  final List<Index> indexes = new ArrayList<>();
  final List<Tables.ForeignKey> foreignKeys = new ArrayList<>();
  final List<TableName> hidden = new ArrayList<>();
  final List<Account> accounts = new ArrayList<>();
  final List<Programs.Stored> routines = new ArrayList<>();
  final List<Programs.Stored> views = new ArrayList<>();
  final List<Programs.Stored> triggers = new ArrayList<>();
  final List<Programs.Event> events = new ArrayList<>();
  final List<Session> sessions = new ArrayList<>();
  final List<Work.Transaction> transactions = new ArrayList<>();
  final List<String> xa = new ArrayList<>();
  final List<Locks.Lock> locks = new ArrayList<>();
  final List<History.Reader> readers = new ArrayList<>();
  final List<String> filters = new ArrayList<>();
  final List<Security.Client> clients = new ArrayList<>();
  final List<Contents.Late> late = new ArrayList<>();
  final List<Contents.Versioned> versioned = new ArrayList<>();
  final List<Contents.Migrations> migrations = new ArrayList<>();
  Disks disks = new Disks(List.of(new Disks.Disk("/", 1_000_000_000, 500_000_000)), "");
  Optional<Channel> channel = Optional.empty();
  Optional<Security.Certificate> certificate = Optional.empty();
  String history = "0-1-5";
  boolean offersTls;
  boolean timeZones;
  boolean fenced;
  long serverId;
  Duration clockAhead = Duration.ZERO;

  SurveyedServer(Node given, String release) {
    boolean mysql = release.startsWith("mysql ");
    Node.Kind kind = mysql ? Node.Kind.MYSQL : Node.Kind.MARIADB;
    node =
        new Node(
            given.role(),
            kind,
            given.address(),
            given.account(),
            given.replication(),
            given.tls(),
            given.fenceFile());
    version = Version.of(kind, release.replace("mysql ", ""));
    fenced = node.role() == Node.Role.TARGET;
    serverId = fenced ? 2 : 1;
    variables.putAll(
        Map.of(
            "server_uid", "uid-" + serverId,
            "log_bin", "ON",
            "log_slave_updates", "ON",
            "gtid_strict_mode", "ON",
            "binlog_format", "ROW",
            "binlog_row_image", "FULL",
            "max_connections", "200",
            "max_allowed_packet", "16777216",
            "innodb_buffer_pool_size", "134217728",
            "event_scheduler", fenced ? "OFF" : "ON"));
    variables.put("datadir", "/var/lib/mysql/");
    variables.put("tmpdir", "/tmp");
    status.putAll(
        Map.of(
            "uptime", "86400",
            "binlog_bytes_written", "1000",
            "max_used_connections", "150",
            "innodb_buffer_pool_pages_data", "1000",
            "prepared_stmt_count", "0"));
    table("orders", "InnoDB", "");
    columns.add(SurveyedPair.column("id", "bigint", Optional.empty(), ""));
    indexes.add(new Index(ORDERS, "PRIMARY", true, false, List.of("id"), false));
    account(node.replication().user(), "ed25519", "");
  }

  void table(String name, String engine, String options) {
    tables.add(
        new Table(
            new TableName("app", name),
            "BASE TABLE",
            engine,
            "",
            options,
            10,
            OptionalLong.empty()));
  }

  void account(String user, String plugin, String tls) {
    account(user, plugin, tls, false, Set.of("REPLICATION SLAVE"));
  }

  void account(String user, String plugin, String tls, boolean open, Set<String> privileges) {
    Map<String, Set<String>> grants = Map.of("*.*", privileges);
    accounts.add(new Account(user, "%", false, plugin, "mark", open, tls, false, grants, Set.of()));
  }

  void view(String text) {
    views.add(stored("view", text));
  }

  /** A program that runs with its caller's rights. */
  static Programs.Stored stored(String kind, String text) {
    return stored(kind, text, "");
  }

  static Programs.Stored stored(String kind, String text, String definer) {
    TableName name = new TableName("app", kind + "1");
    return new Programs.Stored(name, kind, definer, text, Optional.of(ORDERS), "", true);
  }

  void event(String status) {
    TableName name = new TableName("app", "nightly");
    events.add(new Programs.Event(name, "", status, "DO 1", Optional.empty(), "1 DAY"));
  }

  /** A session of a client; see {@link Session}. */
  Session session(String user, String host, String command, String state, String statement) {
    Session session =
        new Session(
            sessions.size() + 100L,
            user,
            host,
            "app",
            command,
            Duration.ofSeconds(60),
            state,
            statement,
            false);
    sessions.add(session);
    return session;
  }

  void transaction(Duration age, long rows) {
    Session session = session("app", "10.0.0.7:4711", "Sleep", "", "");
    transactions.add(new Work.Transaction(session, age, rows, rows));
  }

  void lock(String kind, String type) {
    locks.add(new Locks.Lock(kind, "batch", type, true, "app", "10.0.0.7", false));
  }

  NodeSurvey survey() {
    return new NodeSurvey(
        node,
        Reading.of(
            new Server(
                version, serverId, fenced, clockAhead, Duration.ofMillis(1), variables, status)),
        Reading.of(channel.stream().toList()),
        Reading.of(new History(history, List.of(), filters, readers)),
        Reading.of(new Work(sessions, transactions, xa)),
        Reading.of(new Tables(tables, columns, indexes, foreignKeys, hidden)),
        Reading.of(new Programs(routines, views, triggers, events)),
        Reading.of(new Accounts(accounts, Set.of("SUPER", "READ ONLY ADMIN"))),
        Reading.of(new Locks(locks)),
        Reading.of(new Security(offersTls, certificate, clients)),
        Reading.of(new Contents(versioned, late, migrations, timeZones)),
        Reading.of(disks));
  }
}
