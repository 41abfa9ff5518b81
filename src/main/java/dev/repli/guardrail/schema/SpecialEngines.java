package dev.repli.guardrail.schema;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class SpecialEngines implements Guardrail {

  @Override
  public About about() {
    return About.warns(Group.SCHEMA, "special-engines", "All tables are InnoDB")
        .protectsFrom(
            "tables without transactions (half of a statement stays), without rows of"
                + " their own, or emptied by a restart")
        .reads("engines of the tables of the writer")
        .mend(
            "ALTER TABLE … ENGINE = InnoDB; name this guardrail in the approval when it"
                + " is meant so");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.writer().tables().get().holdingRows().stream()
            .filter(table -> !table.engine().equalsIgnoreCase("InnoDB"))
            .map(table -> table.name() + " is " + table.engine())
            .toList();
    return Verdict.unless(problems, "all of them");
  }
}
