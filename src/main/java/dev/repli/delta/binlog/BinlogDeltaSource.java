package dev.repli.delta.binlog;

import dev.repli.database.ActLog;
import dev.repli.database.Position;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads from a server like a replica, with the account of replication. */
@Component
public final class BinlogDeltaSource implements DeltaSource {
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  /** For one event of the log. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

  /** A word where an interval of numbers is expected. */
  private static final Pattern TAG = Pattern.compile(":\\s*[a-z_]");

  private final Secrets secrets;
  private final Connections connections;

  public BinlogDeltaSource(Secrets secrets) {
    this.secrets = secrets;
    this.connections = new Connections(secrets);
  }

  @Override
  public DeltaStream open(Node node, DeltaRange range) {
    refuseTags(range.from());
    range.to().ifPresent(BinlogDeltaSource::refuseTags);
    Definitions definitions = definitions(node);
    String password = secrets.resolve(node.replication().password());
    ReadSchemas schemas = new ReadSchemas(range.schemas());
    LaterStatements later = LaterStatements.since(node, password, range.from());
    TableMaps tables =
        new TableMaps(schemas, new Shapes(definitions, later::leave), range.abandoned());
    boolean endless = range.to().isEmpty();
    BinlogFeed feed =
        new BinlogFeed(node, new ReplicaConnection(node, password, range.from(), endless));
    return new BinlogDelta(feed, range, schemas, tables);
  }

  @Override
  public void requireLog(Node node, Position from) {
    refuseTags(from);
    String password = secrets.resolve(node.replication().password());
    try (BinlogFeed feed =
        new BinlogFeed(node, new ReplicaConnection(node, password, from, true))) {
      // the server answers with its first event, or with the error that it has them no more
      var unused = feed.poll(FIRST_ANSWER);
    }
  }

  private static void refuseTags(Position position) {
    if (position.kind() == Position.Kind.MYSQL_GTID_SET && TAG.matcher(position.value()).find()) {
      throw new UnreadableDeltaException(
          "the server has transactions with tags in their GTIDs ("
              + position.value()
              + "), which cannot be followed: write with gtid_next = 'AUTOMATIC' without a tag");
    }
  }

  @Override
  public DeltaServer server(Node node) {
    String doing = "asking which server it is";
    String uuid = node.kind() == Node.Kind.MYSQL ? "@@server_uuid" : "''";
    try (SqlLink link = connections.open(node, ANSWER_LIMIT, ActLog.NONE)) {
      return link.row(
              doing,
              "SELECT @@server_id, " + uuid + ", VERSION()",
              row -> new DeltaServer(row.getLong(1), row.getString(2), row.getString(3)))
          .orElseThrow();
    }
  }

  private Definitions definitions(Node node) {
    try (SqlLink link = connections.open(node, ANSWER_LIMIT, ActLog.NONE)) {
      if (link.text("looking at the binary log", "SELECT @@log_bin")
          .filter("1"::equals)
          .isEmpty()) {
        throw new UnreadableDeltaException(
            node.label()
                + " writes no binary log (log_bin is off): changes can only be found by time"
                + " columns, which misses deletes");
      }
      return new Definitions(link, node.kind() == Node.Kind.MARIADB);
    }
  }
}
