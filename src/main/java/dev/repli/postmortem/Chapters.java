package dev.repli.postmortem;

import static java.util.stream.Collectors.joining;

import dev.repli.journal.Ledger;
import dev.repli.journal.Report;
import dev.repli.journal.Section;
import dev.repli.journal.Section.Block;
import dev.repli.journal.Section.Fact;
import dev.repli.journal.Section.Facts;
import dev.repli.journal.Section.Sentence;
import dev.repli.journal.Section.Table;
import dev.repli.journal.Shown;
import dev.repli.postmortem.Participant.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A story, and what people wrote to it, as the chapters of a document. */
final class Chapters {
  static final String NOT_KNOWN = "not known";
  private static final String NOTHING = "Nobody has written anything here.";

  private Chapters() {}

  static String title(Story story) {
    return "Post-mortem of "
        + story.incident().orElse(story.rollback()).run()
        + " ("
        + story.plan().title()
        + ")";
  }

  /**
   * @param state one sentence that says how far the document is
   */
  static List<Section> of(
      Story story, String state, Learned learned, List<Action> actions, List<Block> charts) {
    List<Section> chapters = new ArrayList<>();
    chapters.add(new Section("Result", List.of(new Sentence(state))));
    chapters.add(new Section("Summary", List.of(summary(story))));
    chapters.add(new Section("How long it took", List.of(spans(story))));
    chapters.add(new Section("Detection", detection(story)));
    chapters.add(new Section("Impact", impact(story, learned)));
    chapters.add(new Section("Cause: five whys", whys(learned)));
    chapters.add(new Section("Rollback", List.of(StepsAndReleases.steps(story))));
    chapters.add(new Section("Releases", List.of(StepsAndReleases.releases(story))));
    chapters.add(new Section("Decisions", List.of(decisions(story))));
    chapters.add(new Section("Participants", List.of(participants(story))));
    chapters.add(new Section("What went well", written(learned.wentWell())));
    chapters.add(new Section("What to improve", written(learned.toImprove())));
    chapters.add(new Section("Lessons", written(learned.lessons())));
    chapters.add(new Section("Actions", actions(actions)));
    chapters.add(new Section("Charts", charts));
    chapters.add(new Section("Messages", MessagesAndMoments.messages(story)));
    chapters.add(new Section("Time line", MessagesAndMoments.timeline(story)));
    return chapters;
  }

  private static Block summary(Story story) {
    Report rollback = story.rollback();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Plan", story.plan().title() + " (" + rollback.plan() + ")"));
    facts.add(new Fact("Incident", story.incident().map(Report::run).orElse("none was reported")));
    facts.add(new Fact("Summary", story.reported().getOrDefault("summary", NOT_KNOWN)));
    facts.add(
        new Fact(
            story.goingBack().isPresent() ? "Cutover that went back" : "Rollback", rollback.run()));
    facts.add(new Fact("Result", rollback.result().orElse("has not ended")));
    facts.add(new Fact("Asked for by", rollback.requestedBy()));
    facts.add(new Fact("Begun", Shown.time(rollback.startedAt())));
    facts.add(new Fact("Ended", time(rollback.endedAt())));
    return new Facts(facts);
  }

  private static Block spans(Story story) {
    List<List<String>> rows = new ArrayList<>();
    for (Span span : Spans.of(story)) {
      rows.add(List.of(span.what(), time(span.from()), time(span.until()), took(span)));
    }
    return new Table(List.of("what", "from", "until", "took"), rows);
  }

  static String took(Span span) {
    return span.took().map(Shown::duration).orElse(NOT_KNOWN);
  }

  static String time(Optional<Instant> at) {
    return at.map(Shown::time).orElse(NOT_KNOWN);
  }

  private static List<Block> detection(Story story) {
    if (story.incident().isEmpty()) {
      return List.of(
          new Sentence(
              story.goingBack().isPresent()
                  ? "The cutover's own looks were bad, and people chose to go back."
                  : "Nobody reported an incident to Repli: the rollback was asked for directly."));
    }
    List<Fact> facts = new ArrayList<>();
    fact(facts, story, "Reported by", "source");
    fact(facts, story, "Severity as reported", "severity");
    fact(facts, story, "Metrics as reported", "metrics");
    facts.add(new Fact("Trouble since, as reported", time(story.troubleSince())));
    story.incident().get().timeline().stream()
        .filter(moment -> moment.what().equals("VERDICT"))
        .forEach(moment -> facts.add(new Fact(Shown.time(moment.at()), moment.text())));
    return List.of(new Facts(facts));
  }

  private static void fact(List<Fact> facts, Story story, String name, String key) {
    String value = story.reported().getOrDefault(key, "");
    facts.add(new Fact(name, value.isEmpty() ? NOT_KNOWN : value));
  }

  private static List<Block> impact(Story story, Learned learned) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Data lost", lost(story)));
    facts.add(
        new Fact(
            "Without a writer during the switch",
            Optional.ofNullable(story.losses().get("outageMs"))
                .map(millis -> Shown.duration(Duration.ofMillis(Long.parseLong(millis))))
                .orElse(NOT_KNOWN)));
    story
        .rollback()
        .ledger()
        .map(Report.Proof::ledger)
        .filter(Ledger::probed)
        .ifPresent(
            ledger ->
                facts.add(
                    new Fact(
                        "Ledger",
                        "%d writes acknowledged to the probe, %d lost, %d duplicated; %d transactions refused at the fence"
                            .formatted(
                                ledger.acknowledged(),
                                ledger.lost(),
                                ledger.duplicated(),
                                ledger.aborted()))));
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Facts(facts));
    blocks.addAll(written(learned.impact()));
    return blocks;
  }

  /** Nothing is called nothing only when something proves it, and by that one's name. */
  private static String lost(Story story) {
    if (story.losses().containsKey("nothingLost")) {
      return story.rollback().ledger().map(Report.Proof::ledger).filter(Ledger::probed).isPresent()
          ? "none, says the ledger"
          : "none of the delta, says the journal; no probe counted writes";
    }
    return Optional.ofNullable(story.losses().get("rowsLost"))
        .map(rows -> rows + " rows")
        .orElse(NOT_KNOWN);
  }

  private static List<Block> whys(Learned learned) {
    List<Fact> facts = new ArrayList<>();
    for (String why : learned.whys()) {
      if (!why.isBlank()) {
        facts.add(new Fact("Why " + (facts.size() + 1), why));
      }
    }
    return facts.isEmpty() ? List.of(new Sentence(NOTHING)) : List.of(new Facts(facts));
  }

  private static Block decisions(Story story) {
    List<List<String>> rows = new ArrayList<>();
    story.incident().ifPresent(incident -> decisions(rows, incident));
    decisions(rows, story.rollback());
    return rows.isEmpty()
        ? new Sentence("The journal holds no decision of a person.")
        : new Table(List.of("when", "who", "question", "answer", "why"), rows);
  }

  private static Block participants(Story story) {
    List<List<String>> rows =
        story.participants().stream()
            .map(
                any ->
                    List.of(
                        any.who(),
                        any.name(),
                        String.join(", ", any.roles()),
                        any.deeds().isEmpty() ? "" : Shown.time(any.deeds().get(0).at()),
                        any.deeds().isEmpty()
                            ? "nothing that a journal says"
                            : any.deeds().stream().map(Deed::what).collect(joining("; "))))
            .toList();
    return new Table(List.of("who", "name", "role in the plan", "since", "did"), rows);
  }

  private static void decisions(List<List<String>> rows, Report run) {
    run.decisions()
        .forEach(
            any ->
                rows.add(
                    List.of(
                        Shown.time(any.at()),
                        any.who(),
                        any.question(),
                        any.answer(),
                        any.reason())));
  }

  /** One paragraph for each line that is not empty. */
  private static List<Block> written(String text) {
    List<Block> paragraphs =
        text.lines()
            .filter(line -> !line.isBlank())
            .<Block>map(line -> new Sentence(line.strip()))
            .toList();
    return paragraphs.isEmpty() ? List.of(new Sentence(NOTHING)) : paragraphs;
  }

  private static List<Block> actions(List<Action> actions) {
    if (actions.isEmpty()) {
      return List.of(new Sentence("Nobody has promised anything."));
    }
    return List.of(
        new Table(
            List.of("number", "owner", "due", "what", "state"),
            actions.stream()
                .map(
                    action ->
                        List.of(
                            Integer.toString(action.place()),
                            action.owner(),
                            action.due().toString(),
                            action.what(),
                            action.state().word()))
                .toList()));
  }
}
