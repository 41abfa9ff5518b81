package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.ProbeConnection;
import dev.repli.database.ProbeConnection.Ack;
import dev.repli.plan.Entrance;
import dev.repli.plan.RouteSpec;
import dev.repli.writerswitch.ProbeLog.Line;
import dev.repli.writerswitch.ProbeLog.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row per interval through each route, as an application would, and logs what its client
 * saw.
 */
final class WriteProbe implements AutoCloseable {
  private final List<Client> clients = new ArrayList<>();
  private final ScheduledExecutorService threads;

  private WriteProbe(int size) {
    this.threads =
        Executors.newScheduledThreadPool(
            size,
            task -> {
              Thread thread = new Thread(task, "repli-write-probe");
              thread.setDaemon(true);
              return thread;
            });
  }

  static WriteProbe start(
      SwitchAttempt attempt, Path directory, InstantSource clock, LongSupplier nanoClock) {
    List<RouteSpec> reachable =
        attempt.request.plan().routes().stream()
            .filter(spec -> spec.endpoint().isPresent())
            .toList();
    WriteProbe probe = new WriteProbe(Math.max(1, reachable.size()));
    long interval = attempt.request.plan().probe().interval().toNanos();
    for (RouteSpec spec : reachable) {
      Client client =
          new Client(
              attempt.request,
              attempt.ports,
              spec.endpoint().orElseThrow(),
              ProbeLog.open(directory, attempt.request.switchId(), spec.name()),
              spec.name() + "-" + clock.instant().toEpochMilli(),
              new Micros(clock, nanoClock));
      client.connect();
      probe.clients.add(client);
      var unused = probe.threads.scheduleWithFixedDelay(client, 0, interval, TimeUnit.NANOSECONDS);
    }
    return probe;
  }

  /**
   * Waits until every client was acknowledged a write that it began after this call; a proof needs
   * one on either side.
   *
   * @return false when one was not, within the time
   */
  boolean acknowledgedSince(Duration atMost) {
    List<CountDownLatch> latches = clients.stream().map(Client::nextAcknowledgement).toList();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (CountDownLatch latch : latches) {
        if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What the clients were told last when it was no acknowledgement, for people; empty when nothing
   * is wrong.
   */
  String trouble() {
    return clients.stream()
        .map(client -> client.trouble)
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** Waits for the writes that are under way, so that every answer is in the log. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(500, TimeUnit.MILLISECONDS)) {
        clients.forEach(Client::disconnect);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(Client::close);
  }

  /** Wall-clock time that does not jump while a switch runs. */
  private static final class Micros {
    private final long startMicros;
    private final long startNanos;
    private final LongSupplier nanoClock;

    Micros(InstantSource clock, LongSupplier nanoClock) {
      this.startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      this.startNanos = nanoClock.getAsLong();
      this.nanoClock = nanoClock;
    }

    long now() {
      return startMicros + Duration.ofNanos(nanoClock.getAsLong() - startNanos).toNanos() / 1000;
    }
  }

  /** One client of one route. */
  private static final class Client implements Runnable {
    private final SwitchRequest request;
    private final SwitchPorts ports;
    private final Entrance at;
    private final ProbeLog log;
    private final String prefix;
    private final Micros micros;
    private volatile @Nullable ProbeConnection connection;
    private volatile CountDownLatch acknowledged = new CountDownLatch(0);
    private volatile String trouble = "";
    private long number;

    Client(
        SwitchRequest request,
        SwitchPorts ports,
        Entrance at,
        ProbeLog log,
        String prefix,
        Micros micros) {
      this.request = request;
      this.ports = ports;
      this.at = at;
      this.log = log;
      this.prefix = prefix;
      this.micros = micros;
    }

    void connect() {
      try {
        connection = ports.openProbe(request, at.address(), at.seenAs(request.newWriter()));
      } catch (NodeException failure) {
        trouble = String.valueOf(failure.getMessage());
        log.write(new Line("connect", micros.now(), Seen.REFUSED, trouble));
      }
    }

    @Override
    public void run() {
      ProbeConnection open = connection;
      if (open == null) {
        connect();
        return;
      }
      String id = prefix + "-" + number++;
      CountDownLatch waiting = acknowledged;
      Ack ack = open.write(request.switchId(), id);
      Line line = line(id, ack);
      trouble = line.text();
      log.write(line);
      if (ack instanceof Ack.Acknowledged) {
        waiting.countDown();
      } else if (ack instanceof Ack.Unknown) {
        disconnect();
      }
    }

    CountDownLatch nextAcknowledgement() {
      CountDownLatch latch = new CountDownLatch(1);
      acknowledged = latch;
      return latch;
    }

    private Line line(String id, Ack ack) {
      long now = micros.now();
      if (ack instanceof Ack.Refused refused) {
        return new Line(id, now, Seen.REFUSED, refused.code() + " " + refused.why());
      }
      return ack instanceof Ack.Unknown unknown
          ? new Line(id, now, Seen.UNKNOWN, unknown.why())
          : new Line(id, now, Seen.ACKNOWLEDGED, "");
    }

    void disconnect() {
      ProbeConnection open = connection;
      connection = null;
      if (open != null) {
        open.close();
      }
    }

    void close() {
      disconnect();
      try {
        log.close();
      } catch (IOException failure) {
        throw new UncheckedIOException("the write probe's log cannot be closed", failure);
      }
    }
  }
}
