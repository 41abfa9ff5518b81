package dev.repli.database.survey;

import dev.repli.plan.Node;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All surveyors, found by the kind of a node. */
@Component
public class Surveys {
  private final Map<Node.Kind, Surveyor> byKind;

  /**
   * @throws IllegalStateException when two surveyors serve one kind
   */
  public Surveys(List<Surveyor> surveyors) {
    byKind =
        surveyors.stream()
            .collect(Collectors.toUnmodifiableMap(Surveyor::kind, s -> s, Surveys::refuseTwo));
  }

  private static Surveyor refuseTwo(Surveyor one, Surveyor two) {
    throw new IllegalStateException(
        "two surveyors serve nodes of kind %s: %s and %s; remove one"
            .formatted(one.kind(), one.getClass().getName(), two.getClass().getName()));
  }

  /** See {@link Surveyor#survey}. */
  public NodeSurvey survey(Node node, Executor executor) {
    Surveyor surveyor = byKind.get(node.kind());
    return surveyor == null
        ? NodeSurvey.unreadable(node, node.label() + ": no surveyor serves " + node.kind())
        : surveyor.survey(node, executor);
  }

  /** See {@link Surveyor#behind}. */
  public Reading<List<Surveyor.NumberBehind>> behind(Node node, Map<TableName, Long> numbers) {
    Surveyor surveyor = byKind.get(node.kind());
    return surveyor == null
        ? Reading.unreadable(node.label() + ": no surveyor serves " + node.kind())
        : surveyor.behind(node, numbers);
  }
}
