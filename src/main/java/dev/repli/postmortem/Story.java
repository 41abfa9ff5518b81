package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.journal.Report;
import dev.repli.plan.Plan;
import dev.repli.release.Release;
import dev.repli.sample.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a rollback and of the incident before it.
 *
 * @param incident the triage that started it, if one did
 * @param troubleSince since when there was trouble, as the reporter says; empty when nobody said
 * @param reported what the report said, by name; empty without a triage
 * @param releases that had the writes between the begin of the incident and the end of the rollback
 * @param before how long each step of the rollback before this one took, by the step's name; empty
 *     when there was none
 * @param goingBack of a cutover that went back by itself; empty for a rollback
 * @param losses as facts, see {@link dev.repli.rollback.Losses}
 * @param participants those who did something first, in the order in which they began
 * @param messages of both runs, oldest first
 */
record Story(
    Plan plan,
    Report rollback,
    Optional<Report> incident,
    Optional<Instant> troubleSince,
    Map<String, String> reported,
    Optional<GoingBack> goingBack,
    Map<String, String> losses,
    List<Release> releases,
    Map<String, Duration> before,
    List<Participant> participants,
    List<Message> messages,
    List<Point> lag,
    List<Point> errors,
    List<Point> writers) {
  Story {
    reported = Map.copyOf(reported);
    losses = Map.copyOf(losses);
    releases = List.copyOf(releases);
    before = Map.copyOf(before);
    participants = List.copyOf(participants);
    messages = List.copyOf(messages);
    lag = List.copyOf(lag);
    errors = List.copyOf(errors);
    writers = List.copyOf(writers);
  }

  /** First thing that anybody knew of; of a cutover that went back, when the target was opened. */
  Instant begin() {
    return incident
        .map(Report::startedAt)
        .or(() -> goingBack.flatMap(GoingBack::opened))
        .orElse(rollback.startedAt());
  }

  /** End of the rollback, or its start when it has not ended. */
  Instant end() {
    return rollback.endedAt().orElse(rollback.startedAt());
  }
}
