package dev.repli.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of a run, for people who were not there.
 *
 * @param waitingFor names of the steps or tasks it is at now, while it runs
 * @param ledger the newest writer switch's proof; empty before one ended
 * @param planned what a dry run would have sent, in this order; empty for a real run
 * @param acts statements and commands that were sent
 */
public record Report(
    String run,
    String runbook,
    String plan,
    String requestedBy,
    boolean dryRun,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> result,
    boolean late,
    List<String> waitingFor,
    Optional<Proof> ledger,
    List<Step> steps,
    List<Moment> timeline,
    List<Decision> decisions,
    List<Act> planned,
    List<Act> acts,
    Chain integrity) {
  public Report {
    waitingFor = List.copyOf(waitingFor);
    steps = List.copyOf(steps);
    timeline = List.copyOf(timeline);
    decisions = List.copyOf(decisions);
    planned = List.copyOf(planned);
    acts = List.copyOf(acts);
  }

  /** How long the run took; empty while it runs. */
  public Optional<Duration> took() {
    return endedAt.map(end -> Duration.between(startedAt, end));
  }

  /**
   * A ledger with the entry that signs it.
   *
   * @param signature SHA-256 (hex) of the entry
   */
  public record Proof(Ledger ledger, long entry, String signature) {}

  /** One step of the runbook; {@code took} is empty while it lasts. */
  public record Step(String name, Instant begunAt, Optional<Duration> took, boolean late) {}

  /**
   * Something that happened or was seen.
   *
   * @param sinceStart since the run's first entry
   */
  public record Moment(long entry, Instant at, Duration sinceStart, String what, String text) {}

  /** What a person decided, and what was shown when they did. */
  public record Decision(
      Instant at, String who, String question, String answer, String reason, String fingerprint) {}

  /** A statement or command. */
  public record Act(
      long entry, Instant at, String where, String text, Duration took, String outcome) {}

  /**
   * What to compare the journal with later: {@code journal-check HASH} finds the hash or tells that
   * it is gone.
   */
  public record Chain(long entries, String hash) {}
}
