package dev.repli.guardrail.schema;

import dev.repli.database.survey.Tables;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class SpecialColumns implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.SCHEMA,
            "special-columns",
            "No table has partitions, generated or invisible columns")
        .protectsFrom(
            "details that dump tools, comparisons and older releases treat in their own way")
        .reads("tables and columns of the writer")
        .mend(
            "look at what is listed, and rehearse with it; name this guardrail in the"
                + " approval");
  }

  @Override
  public Verdict check(Situation situation) {
    Tables tables = situation.writer().tables().get();
    List<String> problems = new ArrayList<>();
    tables.holdingRows().stream()
        .filter(t -> t.options().contains("partitioned"))
        .forEach(t -> problems.add(t.name() + " is partitioned"));
    tables
        .columns(column -> !column.generated().isEmpty())
        .forEach(column -> problems.add(column + " is generated"));
    tables
        .columns(Tables.Column::invisible)
        .forEach(column -> problems.add(column + " is invisible"));
    return Verdict.unless(problems, "none");
  }
}
