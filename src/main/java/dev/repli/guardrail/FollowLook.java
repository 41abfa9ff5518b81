package dev.repli.guardrail;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.database.survey.Reading;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets.UnresolvedSecretException;
import java.time.Duration;
import java.util.Optional;

/** Measures how the replica follows by a position that is reached; seconds prove nothing. */
final class FollowLook {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private final Databases databases;

  FollowLook(Databases databases) {
    this.databases = databases;
  }

  Following look(Plan plan, Node.Role writer) {
    try (NodeSession replica = open(plan.node(writer.other()));
        NodeSession origin = open(plan.node(writer))) {
      String replicaState = replica.position().value();
      Position position = origin.position();
      CatchUp result = replica.waitFor(position, WAIT);
      Optional<Duration> lag =
          result instanceof CatchUp.Reached reached
              ? Optional.of(reached.took())
              : Optional.empty();
      return new Following(
          Reading.of(replicaState),
          Reading.of(position.value()),
          Reading.of(position.value()),
          Reading.of(lag),
          WAIT);
    } catch (NodeException | UnresolvedSecretException e) {
      String why = String.valueOf(e.getMessage());
      return new Following(
          Reading.unreadable(why),
          Reading.unreadable(why),
          Reading.unreadable(why),
          Reading.unreadable(why),
          WAIT);
    }
  }

  private NodeSession open(Node node) {
    return databases.connect(node, LEASE, ActLog.NONE);
  }
}
