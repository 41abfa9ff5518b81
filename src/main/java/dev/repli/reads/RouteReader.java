package dev.repli.reads;

import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.ProbeConnection;
import dev.repli.database.ProbeConnection.Read;
import dev.repli.plan.Account;
import dev.repli.plan.Entrance;
import dev.repli.plan.Plan;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads through one route, one read after the other. Each connects anew: a proxy that spreads
 * connections and not queries would else give all reads to one server.
 */
final class RouteReader implements AutoCloseable {
  private static final Duration READ_LIMIT = Duration.ofSeconds(5);

  private final Databases databases;
  private final Clock clock;
  private final Plan plan;
  private final Entrance entrance;
  private final Duration keep;
  private final Instant startedAt;
  private final Deque<ReadSample> samples = new ArrayDeque<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(RouteReader::thread);
  private volatile Instant askedAt;

  private RouteReader(
      Databases databases, Clock clock, Plan plan, Entrance entrance, Duration keep) {
    this.databases = databases;
    this.clock = clock;
    this.plan = plan;
    this.entrance = entrance;
    this.keep = keep;
    this.startedAt = clock.instant();
    this.askedAt = startedAt;
  }

  static RouteReader start(Databases databases, Clock clock, Plan plan, RouteSpec route) {
    Entrance entrance =
        route
            .readEndpoint()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "route "
                            + route.name()
                            + " has neither endpoint nor readEndpoint; add one to the plan"));
    ReadRules.Probe rules = plan.reads().probe();
    boolean longer = rules.window().compareTo(rules.baseline()) > 0;
    Duration keep = longer ? rules.window() : rules.baseline();
    return start(databases, clock, plan, entrance, rules.interval(), keep);
  }

  /**
   * @param interval between two reads
   * @param keep what it saw for so long can be asked for
   */
  static RouteReader start(
      Databases databases,
      Clock clock,
      Plan plan,
      Entrance entrance,
      Duration interval,
      Duration keep) {
    RouteReader reader = new RouteReader(databases, clock, plan, entrance, keep);
    var unused =
        reader.thread.scheduleWithFixedDelay(
            reader::readOnce, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    return reader;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "repli-read-probe");
    thread.setDaemon(true);
    return thread;
  }

  private void readOnce() {
    Instant at = clock.instant();
    long start = System.nanoTime();
    Read read = read();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    keep(
        read instanceof Read.Answered answered
            ? new ReadSample(at, answered.serverId(), took, "")
            : new ReadSample(at, ReadSample.NOBODY, took, ((Read.Failed) read).why()));
  }

  /** A schedule whose task throws is never run again, and a read that cannot be made has failed. */
  private Read read() {
    Account account = plan.reads().probe().account().orElse(plan.probe().account());
    try (ProbeConnection client =
        databases.openProbe(entrance.address(), entrance.seenAs(plan.target()), account)) {
      return client.read(plan.reads().probe().query(), READ_LIMIT);
    } catch (NodeException e) {
      return new Read.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Read.Failed(e.getClass().getSimpleName());
    }
  }

  private synchronized void keep(ReadSample sample) {
    samples.addLast(sample);
    Instant oldest = sample.at().minus(keep);
    while (samples.getFirst().at().isBefore(oldest)) {
      samples.removeFirst();
    }
  }

  synchronized ReadWindow window(Instant since) {
    askedAt = clock.instant();
    List<ReadSample> wanted =
        samples.stream().filter(sample -> !sample.at().isBefore(since)).toList();
    return new ReadWindow(since.isAfter(startedAt) ? since : startedAt, wanted);
  }

  Instant askedAt() {
    return askedAt;
  }

  boolean isClosed() {
    return thread.isShutdown();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
