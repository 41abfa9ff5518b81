package dev.repli.guardrail.time;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
final class WindowLeavesTime implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.TIME,
            "window-leaves-time",
            "The rollback window leaves time for the change and for the way back")
        .protectsFrom("a way back that is closed before anybody could have taken it")
        .reads("rollbackWindow, steps and budgets.wholeRun of the plan")
        .mend("make rollbackWindow longer, or the budgets shorter, in the plan");
  }

  @Override
  public Verdict check(Situation situation) {
    Duration window = situation.plan().rollbackWindow();
    Duration both = situation.plan().budgets().wholeRun().multipliedBy(2);
    return Verdict.when(
        window.compareTo(both) > 0,
        "the window is %s, both ways take up to %s".formatted(window, both));
  }
}
