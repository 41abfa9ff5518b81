package dev.repli.postmortem;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of the story, with its ends as far as they are known.
 *
 * @param what for people, for example {@code to decide}
 */
public record Span(String what, Optional<Instant> from, Optional<Instant> until) {

  /** Empty when one end is not known, or when the clocks of two machines contradict each other. */
  public Optional<Duration> took() {
    return from.flatMap(begin -> until.map(end -> Duration.between(begin, end)))
        .filter(duration -> !duration.isNegative());
  }
}
