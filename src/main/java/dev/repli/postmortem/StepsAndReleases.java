package dev.repli.postmortem;

import dev.repli.journal.Report;
import dev.repli.journal.Section.Block;
import dev.repli.journal.Section.Sentence;
import dev.repli.journal.Section.Table;
import dev.repli.journal.Shown;
import dev.repli.release.Release;
import dev.repli.rollback.StepName;
import dev.repli.rollback.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rollback did when, and what ran while there was trouble. */
final class StepsAndReleases {
  private StepsAndReleases() {}

  /** Each beside what the plan expects and what the rollback before took. */
  static Block steps(Story story) {
    List<List<String>> rows = new ArrayList<>();
    for (Report.Step step : story.rollback().steps()) {
      rows.add(
          List.of(
              step.name(),
              Shown.time(step.begunAt()),
              step.took().map(Shown::duration).orElse("did not end"),
              planned(story, step.name()),
              step.late() ? "longer than planned" : "as planned",
              Optional.ofNullable(story.before().get(step.name()))
                  .map(Shown::duration)
                  .orElse(Chapters.NOT_KNOWN)));
    }
    return new Table(
        List.of("step", "begun", "took", "planned", "compared", "the rollback before took"), rows);
  }

  private static String planned(Story story, String step) {
    if (story.goingBack().isPresent()) {
      return Chapters.NOT_KNOWN; // the names are those of a rollback, the steps are not
    }
    return Stream.of(StepName.values())
        .filter(name -> name.word().equals(step))
        .map(name -> "at most " + Words.of(name.limit(story.plan())))
        .findFirst()
        .orElse(Chapters.NOT_KNOWN);
  }

  /** What ran while there was trouble: where the writes were, of which version, and since when. */
  static Block releases(Story story) {
    List<List<String>> rows = new ArrayList<>();
    for (Release release : story.releases()) {
      rows.add(
          List.of(
              release.node(),
              release.version().orElse(Chapters.NOT_KNOWN),
              Shown.time(release.since()),
              release.until().map(Shown::time).orElse("now"),
              release.run(),
              release.endedBy().orElse("")));
    }
    return rows.isEmpty()
        ? new Sentence("No run of Repli that is known has moved the writer of this plan.")
        : new Table(
            List.of("writer", "version", "since", "until", "put there by", "ended by"), rows);
  }
}
