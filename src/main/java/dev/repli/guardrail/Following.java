package dev.repli.guardrail;

import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveyor.NumberBehind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the replica follows, looked at in an order that is right while work goes on: first the
 * replica's history, then the writer's, then the replica until it has applied that.
 *
 * @param replicaState history of the replica
 * @param writerState history of the writer, read after the replica's: whatever is in the replica's
 *     and not in this did not come from the writer
 * @param position of the writer that was waited for
 * @param behind numbers that the replica would hand out and that are behind the writer's, read
 *     after it had applied everything that the writer's survey had seen
 * @param lag until the replica had applied it; empty when it did not within {@code waited}
 */
public record Following(
    Reading<String> replicaState,
    Reading<String> writerState,
    Reading<String> position,
    Reading<Optional<Duration>> lag,
    Reading<List<NumberBehind>> behind,
    Duration waited) {

  /** Nothing could be measured. */
  static Following unknown(String why) {
    return new Following(
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Duration.ZERO);
  }
}
