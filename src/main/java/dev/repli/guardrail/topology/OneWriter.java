package dev.repli.guardrail.topology;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class OneWriter implements Guardrail {
  @Override
  public About about() {
    return About.blocks(Group.TOPOLOGY, "one-writer", "Exactly one node accepts writes")
        .protectsFrom("two histories that nobody can merge, or no writer at all")
        .reads("read_only of both nodes")
        .mend("fence the node that is not the writer: SET GLOBAL read_only = ON")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    boolean writerOpen = !situation.writer().server().get().fenced();
    boolean nextOpen = !situation.next().server().get().fenced();
    String[] evidence = {shown(situation.writer(), writerOpen), shown(situation.next(), nextOpen)};
    if (writerOpen && nextOpen) {
      return Verdict.fails("both nodes accept writes", evidence);
    }
    return Verdict.when(
        writerOpen,
        writerOpen
            ? "the " + situation.role().word() + " alone accepts writes"
            : nextOpen
                ? "the writer is not the " + situation.role().word() + " but the other node"
                : "no node accepts writes",
        evidence);
  }

  private static String shown(NodeSurvey node, boolean open) {
    return node.label() + (open ? " accepts writes" : " refuses application writes");
  }
}
