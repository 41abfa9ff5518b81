package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.journal.Report;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the minutes went: measured, and unknown where the journal does not say. */
final class Spans {
  private Spans() {}

  static List<Span> of(Story story) {
    Optional<Instant> reported = story.incident().map(Report::startedAt);
    Optional<Instant> decided = begun(story, "announcement");
    return List.of(
        new Span("to detect: from the trouble to the report", story.troubleSince(), reported),
        new Span(
            "to decide: from the report until the announcement begins",
            Optional.of(story.begin()),
            decided),
        new Span("to announce: into the journal", decided, announced(story)),
        new Span("to announce: until the first message was delivered", decided, delivered(story)),
        step(story, "to roll back", "execution"),
        step(story, "to verify", "verification"),
        step(story, "to validate the application", "validation"),
        new Span(
            "all of it",
            story.troubleSince().or(() -> Optional.of(story.begin())),
            story.rollback().endedAt()));
  }

  private static Span step(Story story, String what, String step) {
    return new Span(what, begun(story, step), ended(story, step));
  }

  private static Stream<Report.Step> steps(Story story, String name) {
    return story.rollback().steps().stream().filter(step -> step.name().equals(name));
  }

  private static Optional<Instant> begun(Story story, String step) {
    return steps(story, step).map(Report.Step::begunAt).min(Comparator.naturalOrder());
  }

  /** Empty while it lasts, or when it never ended. */
  private static Optional<Instant> ended(Story story, String step) {
    return steps(story, step)
        .flatMap(any -> any.took().map(any.begunAt()::plus).stream())
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> announced(Story story) {
    return story.rollback().timeline().stream()
        .filter(moment -> moment.what().equals("ANNOUNCED"))
        .map(Report.Moment::at)
        .findFirst();
  }

  private static Optional<Instant> delivered(Story story) {
    return story.messages().stream()
        .filter(message -> message.moment() == Moment.ROLLBACK_RUNNING)
        .filter(message -> message.state() == State.SENT)
        .filter(message -> !message.channel().equals(Message.STATUS_PAGE))
        .flatMap(message -> message.endedAt().stream())
        .min(Comparator.naturalOrder());
  }
}
