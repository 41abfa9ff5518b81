package dev.repli.guardrail;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveyor.NumberBehind;
import dev.repli.database.survey.Surveys;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables.Table;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets.UnresolvedSecretException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures how the replica follows by a position that is reached; seconds prove nothing. */
final class FollowLook {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration QUERY = Duration.ofSeconds(5);
  private final Databases databases;
  private final Surveys surveys;

  FollowLook(Databases databases, Surveys surveys) {
    this.databases = databases;
    this.surveys = surveys;
  }

  /**
   * Looks.
   *
   * @param now survey of the writer, read before
   */
  Following look(Plan plan, Node.Role writer, NodeSurvey now) {
    try (NodeSession replica = open(plan.node(writer.other()));
        NodeSession origin = open(plan.node(writer))) {
      String replicaState = state(replica);
      String writerState = state(origin);
      Position position = origin.positionFor(replica.node());
      Reading<Optional<Duration>> lag = lag(replica, position);
      return new Following(
          Reading.of(replicaState),
          Reading.of(writerState),
          Reading.of(position.value()),
          lag,
          behind(replica.node(), now),
          WAIT);
    } catch (NodeException | UnresolvedSecretException e) {
      String why = String.valueOf(e.getMessage());
      return new Following(
          Reading.unreadable(why),
          Reading.unreadable(why),
          Reading.unreadable(why),
          Reading.unreadable(why),
          Reading.unreadable(why),
          WAIT);
    }
  }

  private static Reading<Optional<Duration>> lag(NodeSession replica, Position position) {
    try {
      CatchUp result = replica.waitFor(position, WAIT);
      return Reading.of(
          result instanceof CatchUp.Reached reached
              ? Optional.of(reached.took())
              : Optional.empty());
    } catch (NodeException e) {
      return Reading.unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Reading<List<NumberBehind>> behind(Node replica, NodeSurvey writer) {
    if (writer.tables() instanceof Reading.Unreadable<?> unreadable) {
      return Reading.unreadable(unreadable.why());
    }
    Map<TableName, Long> numbers = new HashMap<>();
    for (Table table : writer.tables().get().all()) {
      table.nextNumber().ifPresent(next -> numbers.put(table.name(), next));
    }
    return surveys.behind(replica, numbers);
  }

  /** Every origin's newest number. */
  private static String state(NodeSession node) {
    boolean maria = node.node().kind() == Node.Kind.MARIADB;
    String variable = maria ? "gtid_binlog_state" : "gtid_executed";
    return node.queryText("SELECT @@GLOBAL." + variable, QUERY).orElse("").replaceAll("\\s", "");
  }

  private NodeSession open(Node node) {
    return databases.connect(node, LEASE, ActLog.NONE);
  }
}
