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
 * @param losses as facts, see {@link dev.repli.rollback.Losses}
 * @param messages of both runs, oldest first
 */
public record Story(
    Plan plan,
    Report rollback,
    Optional<Report> incident,
    Optional<Instant> troubleSince,
    Map<String, String> reported,
    Map<String, String> losses,
    List<Release> releases,
    Map<String, Duration> before,
    List<Message> messages,
    List<Point> lag,
    List<Point> errors,
    List<Point> writers) {
  public Story {
    reported = Map.copyOf(reported);
    losses = Map.copyOf(losses);
    releases = List.copyOf(releases);
    before = Map.copyOf(before);
    messages = List.copyOf(messages);
    lag = List.copyOf(lag);
    errors = List.copyOf(errors);
    writers = List.copyOf(writers);
  }

  /** First thing that anybody knew of. */
  public Instant begin() {
    return incident.map(Report::startedAt).orElse(rollback.startedAt());
  }

  /** End of the rollback, or its start when it has not ended. */
  public Instant end() {
    return rollback.endedAt().orElse(rollback.startedAt());
  }
}
