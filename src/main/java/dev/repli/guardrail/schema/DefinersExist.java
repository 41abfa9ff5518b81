package dev.repli.guardrail.schema;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Programs;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
final class DefinersExist implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "definers-exist",
            "Everybody who is named as a definer has an account on both nodes")
        .protectsFrom(
            "error 1449: a view, routine, database trigger or event that nobody can use"
                + " after the switch")
        .reads("definers and accounts of both nodes")
        .mend("create the account on that node, or give the program another definer");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Set<String> accounts =
          node.accounts().get().all().stream()
              .map(Accounts.Account::label)
              .collect(Collectors.toSet());
      Programs programs = node.programs().get();
      Stream.concat(
              Stream.of(programs.routines(), programs.views(), programs.triggers())
                  .flatMap(List::stream)
                  .map(p -> Map.entry(p.kind() + " " + p.name(), p.definer())),
              programs.events().stream().map(e -> Map.entry("event " + e.name(), e.definer())))
          .filter(
              entry ->
                  !entry.getValue().isEmpty()
                      && !accounts.contains(entry.getValue().replaceFirst("@$", "")))
          .forEach(
              entry ->
                  problems.add(
                      node.label()
                          + ": "
                          + entry.getKey()
                          + " is defined by "
                          + entry.getValue()
                          + ", who has no account"));
    }
    return Verdict.unless(problems, "all of them");
  }
}
