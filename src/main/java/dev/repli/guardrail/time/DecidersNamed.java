package dev.repli.guardrail.time;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Decider;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class DecidersNamed implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.TIME, "deciders-named", "Somebody who may decide is named, and a deputy")
        .protectsFrom("a decision at night that waits for somebody whom nobody can name")
        .reads("people and approvals.roles of the plan")
        .mend(
            "people: [{role: …, user: …, deputy: …}] in the plan, for one of approvals.roles at"
                + " least");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> roles = situation.plan().approvals().roles();
    List<String> problems = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (Decider decider : situation.plan().people()) {
      String text = "%s: %s, deputy %s".formatted(decider.role(), decider.user(), decider.deputy());
      if (roles.contains(decider.role())) {
        named.add(text);
      } else {
        problems.add(text + ", but approvals.roles lacks that role");
      }
    }
    if (named.isEmpty()) {
      problems.add("the plan names nobody for " + String.join(", ", roles));
    }
    return Verdict.unless(problems, String.join("; ", named));
  }
}
