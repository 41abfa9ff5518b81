package dev.repli.guardrail.schema;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class CaseAndZones implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.SCHEMA,
            "case-and-zones",
            "Names are compared the same way, and time zones have names on both nodes")
        .protectsFrom(
            "tables that are not found, and CONVERT_TZ that answers NULL, after the switch")
        .reads("lower_case_table_names of both nodes, tables of time zones")
        .mend(
            "lower_case_table_names cannot be changed afterwards: make the node anew;"
                + " load time zones with mariadb-tzinfo-to-sql");
  }

  @Override
  public Verdict check(Situation situation) {
    String source =
        situation.source().server().get().variable("lower_case_table_names").orElse("0");
    String target =
        situation.target().server().get().variable("lower_case_table_names").orElse("0");
    List<String> problems = new ArrayList<>();
    if (!source.equals(target)) {
      problems.add(
          "lower_case_table_names is " + source + " on the source, " + target + " on the target");
    }
    boolean here = situation.source().contents().get().timeZones();
    boolean there = situation.target().contents().get().timeZones();
    if (here != there) {
      problems.add("time zones have names on the " + (here ? "source" : "target") + " only");
    }
    return Verdict.unless(
        problems,
        "lower_case_table_names = "
            + source
            + ", time zones "
            + (here ? "have names" : "have no names")
            + " on both");
  }
}
