package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.journal.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the minutes went: measured, and unknown where the journal does not say. */
final class Spans {
  private Spans() {}

  static List<Span> of(Story story) {
    return story.goingBack().map(back -> ofCutover(story, back)).orElseGet(() -> ofRollback(story));
  }

  /** Nobody reports what a cutover sees itself. */
  private static List<Span> ofCutover(Story story, GoingBack back) {
    return List.of(
        new Span(
            "to notice: from the opening of the target to the first bad look",
            back.opened(),
            back.noticed()),
        new Span(
            "to decide: from the bad look to the last yes to going back",
            back.noticed(),
            back.decided()),
        step(story, "to move the writer back", "return"),
        new Span("all of it", back.noticed(), story.rollback().endedAt()));
  }

  private static List<Span> ofRollback(Story story) {
    Optional<Instant> reported = story.incident().map(Report::startedAt);
    Optional<Instant> decided = begun(story, "announcement");
    List<Span> spans = new ArrayList<>();
    spans.add(
        new Span("to detect: from the trouble to the report", story.troubleSince(), reported));
    spans.add(
        new Span(
            "to decide: from the report until the announcement begins",
            Optional.of(story.begin()),
            decided));
    spans.add(new Span("to announce: into the journal", decided, announced(story)));
    if (hasChannels(story)) {
      spans.add(
          new Span(
              "to announce: until the first message was delivered", decided, delivered(story)));
    }
    spans.add(step(story, "to roll back", "execution"));
    spans.add(step(story, "to verify", "verification"));
    spans.add(step(story, "to validate the application", "validation"));
    spans.add(
        new Span(
            "all of it",
            story.troubleSince().or(() -> Optional.of(story.begin())),
            story.rollback().endedAt()));
    return spans;
  }

  /** The status page takes no time to reach: without a channel there is nothing to measure. */
  private static boolean hasChannels(Story story) {
    return !story.plan().communication().channels().isEmpty()
        || story.messages().stream().anyMatch(any -> !any.channel().equals(Message.STATUS_PAGE));
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
