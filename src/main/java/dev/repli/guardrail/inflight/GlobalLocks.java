package dev.repli.guardrail.inflight;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class GlobalLocks implements Guardrail {
  private static final Set<String> HOLDING =
      Set.of(
          "BACKUP_START",
          "BACKUP_FLUSH",
          "BACKUP_WAIT_FLUSH",
          "BACKUP_WAIT_DDL",
          "BACKUP_WAIT_COMMIT",
          "BACKUP_FTWRL1",
          "BACKUP_FTWRL2",
          "BACKUP_BLOCK_DDL");

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "global-locks", "Nobody holds a global read lock or a backup lock")
        .protectsFrom("commits that hang, and a fence that is never closed in time")
        .reads("metadata locks of kind GLOBAL, COMMIT and BACKUP (performance_schema)")
        .mend("let the backup end, or end the session that holds the lock");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      node.locks().get().all().stream()
          .filter(lock -> !lock.own() && lock.granted() && HOLDING.contains(lock.type()))
          .forEach(
              lock ->
                  problems.add(
                      node.label()
                          + ": "
                          + lock.who()
                          + " holds "
                          + lock.kind()
                          + " "
                          + lock.type()));
    }
    return Verdict.unless(problems, "none");
  }
}
