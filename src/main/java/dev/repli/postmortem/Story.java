package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.journal.Report;
import dev.repli.plan.Plan;
import dev.repli.sample.Point;
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
    List<Message> messages,
    List<Point> lag,
    List<Point> errors,
    List<Point> writers) {
  public Story {
    reported = Map.copyOf(reported);
    losses = Map.copyOf(losses);
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
