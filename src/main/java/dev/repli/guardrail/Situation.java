package dev.repli.guardrail;

import dev.repli.comparison.ComparisonResult;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was read, once, for all guardrails.
 *
 * @param role of the node that is the writer now, as the plan of the change has it
 * @param source survey of the plan's source
 * @param target survey of the plan's target
 * @param comparison the newest one that has ended, in the direction from the writer to the next
 * @param own how Repli itself does
 * @param following how the next writer follows, measured one after the other
 */
public record Situation(
    Plan plan,
    Node.Role role,
    Moment moment,
    Instant at,
    NodeSurvey source,
    NodeSurvey target,
    Following following,
    Reading<Optional<ComparisonResult>> comparison,
    Reading<List<OwnHealth.Part>> own,
    List<RouteLook> routes) {
  public Situation {
    routes = List.copyOf(routes);
  }

  /** The node that accepts writes now. */
  public NodeSurvey writer() {
    return role == Node.Role.SOURCE ? source : target;
  }

  /** The node that will accept them after the change, a replica until then. */
  public NodeSurvey next() {
    return role == Node.Role.SOURCE ? target : source;
  }

  /** Whether Repli's own stream brings the writer's changes to the other node. */
  public boolean streamed() {
    return Transport.of(writer().node(), next().node()) == Transport.STREAM;
  }

  public List<NodeSurvey> both() {
    return List.of(source, target);
  }
}
