package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

@Component
final class FiltersEqual implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "replication-filters",
            "No replication filter leaves anything out, or both nodes leave out the same")
        .protectsFrom("tables that exist on one node only after the switch")
        .reads("filters of the channel and of both nodes' binary logs")
        .mend(
            "remove the filters, or set the same on both nodes and take what they leave"
                + " out over by other means");
  }

  @Override
  public Verdict check(Situation situation) {
    Map<String, List<String>> byNode = new TreeMap<>();
    for (NodeSurvey node : situation.both()) {
      List<String> filters = new ArrayList<>(node.history().get().filters());
      node.channels()
          .get()
          .forEach(c -> c.filters().forEach((name, v) -> filters.add(name + "=" + v)));
      node.server()
          .get()
          .variables()
          .forEach(
              (name, value) -> {
                if (name.startsWith("replicate_")
                    && !name.equals("replicate_annotate_row_events")
                    && !name.equals("replicate_events_marked_for_skip")
                    && !value.isBlank()
                    && !filters.contains(name + "=" + value)) {
                  filters.add(name + "=" + value);
                }
              });
      byNode.put(node.label(), filters.stream().distinct().sorted().toList());
    }
    List<String> shown =
        byNode.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    boolean equal = byNode.values().stream().distinct().count() == 1;
    boolean none = byNode.values().stream().allMatch(List::isEmpty);
    return Verdict.when(
        equal,
        none ? "no filters" : equal ? "the same filters on both nodes" : "filters differ",
        shown.toArray(String[]::new));
  }
}
