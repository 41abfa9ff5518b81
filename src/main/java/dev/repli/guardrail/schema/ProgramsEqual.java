package dev.repli.guardrail.schema;

import dev.repli.database.survey.Programs;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
final class ProgramsEqual implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "programs-equal",
            "Routines, views, database triggers and events are the same on both nodes")
        .protectsFrom("an application that finds another procedure, or none, after the switch")
        .reads(
            "text, definer and kind of routines, database triggers and events, definers"
                + " of views, of both nodes")
        .mend("create it anew on the node where it differs");
  }

  @Override
  public Verdict check(Situation situation) {
    boolean across = situation.source().node().kind() != situation.target().node().kind();
    List<String> problems = new ArrayList<>();
    Differences.between(
        described(situation.source().programs().get(), across),
        described(situation.target().programs().get(), across),
        problems);
    return Verdict.unless(
        problems,
        described(situation.source().programs().get(), across).size() + " programs are the same");
  }

  private static Map<String, String> described(Programs programs, boolean across) {
    Map<String, String> all = new TreeMap<>();
    Stream.of(programs.routines(), programs.triggers())
        .flatMap(List::stream)
        .forEach(
            p ->
                all.put(
                    p.kind() + " " + p.name(),
                    "by "
                        + p.definer()
                        + (across ? "" : ", text " + mark(p.parameters() + p.text()))));
    // each release spells the text of a view in its own way
    programs.views().forEach(view -> all.put("view " + view.name(), "by " + view.definer()));
    programs
        .events()
        .forEach(
            event ->
                all.put(
                    "event " + event.name(),
                    "by " + event.definer() + ", text " + mark(event.text())));
    return all;
  }

  private static String mark(String text) {
    return Integer.toHexString(text.strip().hashCode())
        + " of "
        + text.strip().length()
        + " characters";
  }
}
