package dev.repli.guardrail;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.Accounts.Account;
import dev.repli.database.survey.Channel;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.History;
import dev.repli.database.survey.Locks;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Security;
import dev.repli.database.survey.Server;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.database.survey.Tables.Column;
import dev.repli.database.survey.Tables.Index;
import dev.repli.database.survey.Tables.Table;
import dev.repli.database.survey.Version;
import dev.repli.database.survey.Work;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Two surveyed nodes without servers; the source is the writer. A test changes what it is about.
 */
final class SurveyedPair {
  static final TableName ORDERS = new TableName("app", "orders");
  final One source;
  final One target;

  SurveyedPair(String source, String target) {
    FakeDatabase nodes = new FakeDatabase(new VirtualTime());
    this.source = new One(nodes.source().node(), source);
    this.target = new One(nodes.target().node(), target);
    this.target.channel = Optional.of(channel(true, 0, ""));
  }

  static Channel channel(boolean receiving, int ioError, String text) {
    return channel(receiving, true, ioError, text, "No", false);
  }

  static Channel channel(
      boolean receiving, boolean applying, int ioError, String text, String gtid, boolean tls) {
    Endpoint from = new Endpoint("127.0.0.1", 3301);
    return new Channel(
        "", from, "repl", receiving, applying, 1, gtid, tls, false, 0, ioError, text, 0, "",
        Map.of());
  }

  static Column column(String name, String type, Optional<String> fallback, String extra) {
    return new Column(ORDERS, name, 1, type, type, true, Optional.empty(), fallback, extra, "");
  }

  /** The guardrail of that name, asked now. */
  GuardrailResult ask(Guardrail guardrail) {
    return GuardrailResult.of(guardrail.about(), guardrail.check(situation()));
  }

  Situation situation() {
    Plan plan = GuardrailLab.plan(source.node, target.node, List.of());
    Following following =
        new Following(
            Reading.of("0-1-5"),
            Reading.of("0-1-5"),
            Reading.of("0-1-5"),
            Reading.of(Optional.of(Duration.ofMillis(3))),
            Reading.of(List.of()),
            Duration.ofSeconds(5));
    return new Situation(
        plan,
        Node.Role.SOURCE,
        Moment.BEFORE,
        Instant.parse("2026-11-21T10:00:00Z"),
        source.survey(),
        target.survey(),
        following,
        List.of());
  }

  /** One node; public fields, as a test is short. */
  static final class One {
    Node node;
    final Version version;
    final Map<String, String> variables = new HashMap<>();
    final Map<String, String> status = new HashMap<>();
    final List<Column> columns = new ArrayList<>();
    final List<Index> indexes = new ArrayList<>();
    final List<Account> accounts = new ArrayList<>();
    final List<Programs.Stored> routines = new ArrayList<>();
    final List<Programs.Stored> views = new ArrayList<>();
    final List<Security.Client> clients = new ArrayList<>();
    final List<Contents.Late> late = new ArrayList<>();
    Optional<Channel> channel = Optional.empty();
    Optional<Security.Certificate> certificate = Optional.empty();
    String history = "0-1-5";
    boolean offersTls;
    Duration clockAhead = Duration.ZERO;

    One(Node given, String release) {
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
      columns.add(column("id", "bigint", Optional.empty(), ""));
    }

    void account(String user, String plugin, String tls) {
      Map<String, Set<String>> grants = Map.of("*.*", Set.of("REPLICATION SLAVE"));
      accounts.add(
          new Account(user, "%", false, plugin, "mark", false, tls, false, grants, Set.of()));
    }

    void view(String text) {
      views.add(
          new Programs.Stored(
              new TableName("app", "v"), "view", "app@%", text, Optional.empty(), "", true));
    }

    NodeSurvey survey() {
      Table orders = new Table(ORDERS, "BASE TABLE", "InnoDB", "", "", 10, OptionalLong.empty());
      boolean fenced = node.role() == Node.Role.TARGET;
      long id = fenced ? 2 : 1;
      return new NodeSurvey(
          node,
          Reading.of(
              new Server(version, id, fenced, clockAhead, Duration.ofMillis(1), variables, status)),
          Reading.of(channel.stream().toList()),
          Reading.of(new History(history, List.of(), List.of(), List.of())),
          Reading.of(new Work(List.of(), List.of(), List.of())),
          Reading.of(new Tables(List.of(orders), columns, indexes, List.of(), List.of())),
          Reading.of(new Programs(routines, views, List.of(), List.of())),
          Reading.of(new Accounts(accounts, Set.of())),
          Reading.of(new Locks(List.of())),
          Reading.of(new Security(offersTls, certificate, clients)),
          Reading.of(new Contents(List.of(), late, List.of(), false)));
    }
  }
}
