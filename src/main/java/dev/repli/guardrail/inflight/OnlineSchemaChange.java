package dev.repli.guardrail.inflight;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

@Component
final class OnlineSchemaChange implements Guardrail {
  private static final Pattern SHADOW = Pattern.compile("_.+_(gho|ghc|del|new)");

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "online-schema-change", "No online schema change is under way")
        .protectsFrom(
            "triggers and shadow tables of gh-ost or pt-online-schema-change that go on"
                + " with one node only")
        .reads("tables _…_gho, _…_ghc, _…_new and database triggers pt_osc_…")
        .mend("let it finish, or stop it and drop what it left");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.tables().get().all().stream()
          .filter(table -> SHADOW.matcher(table.name().name()).matches())
          .forEach(table -> problems.add(node.label() + ": table " + table.name()));
      node.programs().get().triggers().stream()
          .filter(trigger -> trigger.name().name().startsWith("pt_osc_"))
          .forEach(trigger -> problems.add(node.label() + ": database trigger " + trigger.name()));
    }
    return Verdict.unless(problems, "no shadow tables, no triggers of such tools");
  }
}
