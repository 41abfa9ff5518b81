package dev.repli.guardrail;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What guardrails leave in the journal of a run: every result with its evidence. */
final class GuardrailJournal {
  /** Name of one result's milestone. */
  static final String RESULT = "GUARDRAIL";

  /** Name of the milestone after the last result. */
  static final String CHECKED = "GUARDRAILS_CHECKED";

  private final Journal journal;

  GuardrailJournal(Journal journal) {
    this.journal = journal;
  }

  void write(RunKey run, GuardrailReport report) {
    List<Evidence> evidence = new ArrayList<>();
    report.results().forEach(result -> evidence.add(result(result)));
    evidence.add(checked(report));
    journal.appendAll(run, evidence);
  }

  private static Milestone result(GuardrailResult result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", result.name());
    facts.put("group", result.about().group().title());
    facts.put("severity", result.about().severity().letter());
    facts.put("status", result.status().name());
    facts.put("evidence", String.join("\n", result.evidence()));
    if (result.status() != Status.GREEN) {
      facts.put("mend", result.about().mend());
    }
    return new Milestone(RESULT, result.toString(), facts);
  }

  private static Milestone checked(GuardrailReport report) {
    return new Milestone(
        CHECKED,
        "Guardrails checked in %d ms: %s".formatted(report.took().toMillis(), report.summary()),
        Map.of(
            "moment", report.moment().name(),
            "writer", report.writer().word(),
            "red", names(report, Status.RED),
            "amber", names(report, Status.AMBER),
            "accepted", names(report, Status.ACCEPTED)));
  }

  private static String names(GuardrailReport report, Status status) {
    return report.of(status).stream().map(GuardrailResult::name).collect(Collectors.joining(","));
  }
}
