package dev.repli.logical;

import dev.repli.logical.DeltaPace.Leg;
import dev.repli.plan.PlanId;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a delta takes, by how long earlier ones of the plan took. */
final class LogicalTime {
  /** Legs of some ten rollbacks. */
  private static final int NEWEST = 20;

  /** Fewer tell how long it takes to begin, and nothing about a large delta. */
  private static final long LEAST_CHANGES = 500;

  static final String NOT_MEASURED =
      "how long is not measured yet: no rollback of this plan has carried enough";

  private final DeltaPace pace;

  LogicalTime(DeltaPace pace) {
    this.pace = pace;
  }

  /**
   * A time and what it rests on.
   *
   * @param takes to read and to import, with a target that stands still
   * @param basis for people
   */
  record Told(Duration takes, String basis) {
    /** For people. */
    String words() {
      return "about %s, as measured: %s".formatted(LogicalTime.words(takes), basis);
    }
  }

  /** Empty when too little was measured to tell. */
  Optional<Told> of(PlanId plan, long transactions) {
    List<Leg> read = pace.newest(plan, DeltaPart.EXTRACT, NEWEST);
    List<Leg> imported = pace.newest(plan, DeltaPart.IMPORT, NEWEST);
    if (changes(read) < LEAST_CHANGES || changes(imported) < LEAST_CHANGES) {
      return Optional.empty();
    }
    double changes =
        transactions * (double) changes(read) / Math.max(1, sum(read, Leg::transactions));
    double millis =
        changes * millis(read) / changes(read) + changes * millis(imported) / changes(imported);
    long runs = Stream.concat(read.stream(), imported.stream()).map(Leg::run).distinct().count();
    String basis =
        "%d changes to read at %d/s and to import at %d/s, from %d earlier %s, the newest of %s"
            .formatted(
                Math.round(changes),
                perSecond(read),
                perSecond(imported),
                runs,
                runs == 1 ? "run" : "runs",
                imported.get(0).ended().truncatedTo(ChronoUnit.SECONDS));
    return Optional.of(new Told(Duration.ofMillis((long) Math.ceil(millis)), basis));
  }

  /** Nobody needs to know it to the millisecond. */
  private static String words(Duration takes) {
    Duration up = takes.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    return Words.of(up);
  }

  private static long changes(List<Leg> legs) {
    return sum(legs, Leg::changes);
  }

  private static long millis(List<Leg> legs) {
    return Math.max(1, sum(legs, leg -> leg.took().toMillis()));
  }

  private static long perSecond(List<Leg> legs) {
    return changes(legs) * 1000 / millis(legs);
  }

  private static long sum(List<Leg> legs, java.util.function.ToLongFunction<Leg> of) {
    return legs.stream().mapToLong(of).sum();
  }
}
