package dev.repli.delta.stream;

import dev.repli.delta.conflict.ConflictCounts;
import java.time.Instant;

/** What a stream is at and what people can do about it, in a sentence. */
public final class StreamWords {
  private StreamWords() {}

  /**
   * @param held of it
   * @param now by Repli's clock
   */
  public static String of(KnownStream stream, ConflictCounts held, Instant now) {
    boolean leased = !stream.owner().isEmpty() && now.isBefore(stream.until());
    String from = stream.order().from().value();
    StreamReport report = stream.report();
    if (!stream.wanted()) {
      return leased
          ? "It was stopped and ends; Repli %s may write for it until %s at the latest"
              .formatted(stream.owner(), stream.until())
          : "It is stopped; start it from %s and it goes on where it was".formatted(from);
    }
    if (report.state() == StreamReport.State.BLOCKED) {
      return "It stands: %s. When that is mended start it from %s, and it is tried again"
          .formatted(report.why(), from);
    }
    if (!leased) {
      return "No Repli runs it now; one that runs takes it within seconds, behind a Repli that died after its lease of %d s"
          .formatted(ReverseStreams.LEASE.toSeconds());
    }
    if (report.state() == StreamReport.State.FAILED) {
      return "It fails, and is tried again every few seconds: " + report.why();
    }
    return held.open() > 0
        ? "It runs, and holds %d changes: answer the task 'Resolve conflicts'"
            .formatted(held.open())
        : "It runs on Repli " + stream.owner();
  }
}
