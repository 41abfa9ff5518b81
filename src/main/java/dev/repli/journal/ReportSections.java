package dev.repli.journal;

import dev.repli.journal.Section.Block;
import dev.repli.journal.Section.Fact;
import dev.repli.journal.Section.Facts;
import dev.repli.journal.Section.Line;
import dev.repli.journal.Section.Script;
import dev.repli.journal.Section.Sentence;
import dev.repli.journal.Section.Table;
import java.util.ArrayList;
import java.util.List;

/** What stands in a report, result first; the same for every format that people read. */
final class ReportSections {
  private ReportSections() {}

  static String title(Report report) {
    return (report.dryRun() ? "Dry run " : "Run ") + report.run();
  }

  static List<Section> of(Report report) {
    List<Section> sections = new ArrayList<>();
    sections.add(result(report));
    if (report.dryRun()) {
      sections.add(planned(report));
    }
    add(sections, "Steps", List.of("step", "begun", "took"), steps(report));
    add(
        sections,
        "Decisions",
        List.of("when", "who", "question", "answer", "reason", "shown (fingerprint)"),
        decisions(report));
    add(
        sections,
        "Timeline",
        List.of("entry", "when", "since start", "what", "details"),
        timeline(report));
    add(
        sections,
        "Statements and commands",
        List.of("entry", "when", "where", "statement or command", "took", "outcome"),
        acts(report.acts()));
    sections.add(integrity(report));
    return sections;
  }

  private static void add(
      List<Section> sections, String title, List<String> head, List<List<String>> rows) {
    Block block = rows.isEmpty() ? new Sentence("None.") : new Table(head, rows);
    sections.add(new Section(title, List.of(block)));
  }

  private static Section result(Report report) {
    List<Fact> facts = new ArrayList<>();
    report
        .ledger()
        .filter(proof -> !report.dryRun())
        .map(Report.Proof::ledger)
        .ifPresent(ledger -> counts(facts, ledger));
    facts.add(new Fact("Result", report.result().orElse("not ended yet")));
    facts.add(new Fact("Runbook", Shown.runbook(report.runbook())));
    facts.add(new Fact("Plan", report.plan()));
    facts.add(new Fact("Requested by", report.requestedBy()));
    facts.add(new Fact("Started", Shown.time(report.startedAt())));
    facts.add(new Fact("Ended", report.endedAt().map(Shown::time).orElse("still running")));
    report.took().ifPresent(took -> facts.add(new Fact("Took", Shown.duration(took))));
    if (report.late()) {
      facts.add(new Fact("Late", "yes, a step took longer than the plan expects"));
    }
    if (!report.waitingFor().isEmpty()) {
      facts.add(new Fact("Waiting for", String.join(", ", report.waitingFor())));
    }
    return new Section("Result", List.of(new Sentence(verdict(report)), new Facts(facts)));
  }

  private static void counts(List<Fact> facts, Ledger ledger) {
    facts.add(new Fact("Direction", ledger.direction()));
    facts.add(
        new Fact("Write outage", ledger.writeOutage().map(Shown::duration).orElse("not measured")));
    facts.add(new Fact("Acknowledged writes of the probe", Long.toString(ledger.acknowledged())));
    facts.add(new Fact("Lost", Long.toString(ledger.lost())));
    facts.add(new Fact("Duplicated", Long.toString(ledger.duplicated())));
    facts.add(new Fact("Aborted in flight", with(ledger.aborted(), ledger.abortedBy())));
    facts.add(
        new Fact(
            "Errors that the probe got",
            ledger.errors().isEmpty() ? "none" : String.join("; ", ledger.errors())));
    facts.add(new Fact("Position at the fence", ledger.markedPosition()));
    ledger.notes().forEach(note -> facts.add(new Fact("Note", note)));
  }

  private static String with(long count, List<String> who) {
    return who.isEmpty() ? Long.toString(count) : count + " (" + String.join(", ", who) + ")";
  }

  private static String verdict(Report report) {
    if (report.dryRun()) {
      return "Dry run: nothing was changed.";
    }
    if (report.ledger().isEmpty()) {
      return report.result().map(result -> "Ended as: " + result + ". ").orElse("")
          + "No writer switch was completed in this run itself, so it has no ledger.";
    }
    Ledger ledger = report.ledger().get().ledger();
    if (!ledger.probed()) {
      return "The writer was moved without the write probe: nothing is proved about single writes.";
    }
    return ledger.lost() == 0 && ledger.duplicated() == 0
        ? "No acknowledged write was lost and none was duplicated."
        : "%d acknowledged writes were LOST, %d were DUPLICATED."
            .formatted(ledger.lost(), ledger.duplicated());
  }

  private static Section planned(Report report) {
    Block block =
        report.planned().isEmpty()
            ? new Sentence("None.")
            : new Script(
                report.planned().stream().map(act -> new Line(act.where(), act.text())).toList());
    return new Section("What would have been sent, in this order", List.of(block));
  }

  private static List<List<String>> steps(Report report) {
    return report.steps().stream()
        .map(
            step ->
                List.of(
                    step.name(),
                    Shown.time(step.begunAt()),
                    step.took().map(Shown::duration).orElse("not ended")
                        + (step.late() ? " (late)" : "")))
        .toList();
  }

  private static List<List<String>> decisions(Report report) {
    return report.decisions().stream()
        .map(
            decision ->
                List.of(
                    Shown.time(decision.at()),
                    decision.who(),
                    decision.question(),
                    decision.answer(),
                    decision.reason(),
                    decision.fingerprint()))
        .toList();
  }

  private static List<List<String>> timeline(Report report) {
    return report.timeline().stream()
        .map(
            moment ->
                List.of(
                    Long.toString(moment.entry()),
                    Shown.time(moment.at()),
                    "+" + Shown.duration(moment.sinceStart()),
                    moment.what(),
                    moment.text()))
        .toList();
  }

  private static List<List<String>> acts(List<Report.Act> acts) {
    return acts.stream()
        .map(
            act ->
                List.of(
                    Long.toString(act.entry()),
                    Shown.time(act.at()),
                    act.where(),
                    act.text(),
                    Shown.duration(act.took()),
                    act.outcome()))
        .toList();
  }

  private static Section integrity(Report report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Entries in the journal", Long.toString(report.integrity().entries())));
    facts.add(new Fact("Hash of the newest", report.integrity().hash()));
    report
        .ledger()
        .ifPresent(
            proof ->
                facts.add(
                    new Fact(
                        "Signature of the ledger",
                        proof.signature() + " (entry " + proof.entry() + ")")));
    String how =
        "Check later that nothing was changed or removed: java -jar repli.jar journal-check "
            + report.integrity().hash();
    return new Section("Integrity", List.of(new Facts(facts), new Sentence(how)));
  }
}
