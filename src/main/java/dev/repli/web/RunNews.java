package dev.repli.web;

import dev.repli.journal.Evidence;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Shown;
import java.util.List;
import java.util.stream.Stream;

/** What is news to those who look on: all but statements, and what was found good. */
final class RunNews {
  private RunNews() {}

  /** When, what and its details, escaped; none when it is no news. */
  static Stream<List<String>> of(JournalEntry entry) {
    Evidence evidence = entry.evidence();
    if (evidence instanceof Evidence.Milestone milestone) {
      return isGreen(milestone) ? Stream.empty() : line(entry, milestone.name(), milestone.text());
    }
    if (evidence instanceof Evidence.Decided decided) {
      String reason = decided.reason().isBlank() ? "" : ": " + decided.reason();
      return line(entry, decided.question(), decided.who() + " " + decided.answer() + reason);
    }
    return evidence instanceof Evidence.Measured measured && !measured.unit().equals("GOOD")
        ? line(
            entry,
            measured.what(),
            String.join(" ", measured.node(), measured.value(), measured.unit()).strip())
        : Stream.empty();
  }

  /** Dozens of guardrails have nothing to say; their sum is a milestone of its own. */
  private static boolean isGreen(Evidence.Milestone milestone) {
    return milestone.name().equals("GUARDRAIL") && "GREEN".equals(milestone.facts().get("status"));
  }

  private static Stream<List<String>> line(JournalEntry entry, String what, String text) {
    return Stream.of(
        List.of(
            Html.when(entry.at()),
            Html.escape(Shown.honest(what)),
            Html.escape(Shown.honest(text))));
  }
}
