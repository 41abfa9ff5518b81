package dev.repli.guardrail.inflight;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class PreparedXa implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.IN_FLIGHT, "prepared-xa", "No XA transaction is prepared")
        .protectsFrom(
            "a transaction that nobody can end on a fenced MariaDB; on MySQL its COMMIT"
                + " succeeds behind the fence")
        .reads("XA RECOVER on both nodes")
        .mend("let its coordinator end it: XA COMMIT or XA ROLLBACK");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.work()
          .get()
          .preparedXa()
          .forEach(id -> problems.add(node.label() + ": prepared is " + id));
    }
    return Verdict.unless(problems, "none on both nodes");
  }
}
