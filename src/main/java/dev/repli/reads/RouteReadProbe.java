package dev.repli.reads;

import dev.repli.database.Databases;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader for each run and route, on the node of Repli that is asked: after a restart, and on
 * another node, it begins anew. One that nobody asks for any more ends by itself.
 */
final class RouteReadProbe implements ReadProbe, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteReadProbe.class);

  /** Far above the pause between two looks, which the plan bounds by the hold. */
  private static final int FORGOTTEN = 3;

  private static final Duration AT_LEAST = Duration.ofMinutes(10);

  private final Databases databases;
  private final Clock clock;
  private final Map<Place, RouteReader> readers = new ConcurrentHashMap<>();

  private record Place(RunKey run, String route) {}

  RouteReadProbe(Databases databases, Clock clock) {
    this.databases = databases;
    this.clock = clock;
  }

  @Override
  public ReadWindow window(RunKey run, Plan plan, RouteSpec route, Instant since) {
    endForgotten(plan);
    return readers
        .computeIfAbsent(
            new Place(run, route.name()),
            place -> {
              LOG.info("reading through {} for run {}", place.route(), place.run());
              return RouteReader.start(databases, clock, plan, route);
            })
        .window(since);
  }

  private void endForgotten(Plan plan) {
    Duration pause = plan.reads().lookEvery().multipliedBy(FORGOTTEN);
    Instant oldest = clock.instant().minus(pause.compareTo(AT_LEAST) > 0 ? pause : AT_LEAST);
    readers.values().stream()
        .filter(reader -> reader.askedAt().isBefore(oldest))
        .forEach(RouteReader::close);
    readers.values().removeIf(RouteReader::isClosed);
  }

  @Override
  public void end(RunKey run) {
    readers.forEach(
        (place, reader) -> {
          if (place.run().equals(run)) {
            reader.close();
          }
        });
    readers.values().removeIf(RouteReader::isClosed);
  }

  @Override
  public void close() {
    readers.values().forEach(RouteReader::close);
    readers.clear();
  }
}
