package dev.repli.lab;

import dev.repli.plan.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Several clients writing at a steady rate through the route until stopped. */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS = 4;

  private final ClientLog log = new ClientLog();
  private final Pulse pulse = new Pulse();
  private final List<TrafficClient> clients = new ArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS);

  private Traffic() {}

  /**
   * Starts writing.
   *
   * @param perSecond writes of all clients together
   */
  static Traffic start(Endpoint route, String user, String password, int perSecond) {
    Traffic traffic = new Traffic();
    long pauseNanos = Duration.ofSeconds(CLIENTS).dividedBy(perSecond).toNanos();
    for (int number = 1; number <= CLIENTS; number++) {
      TrafficClient client =
          new TrafficClient(number, route, user, password, traffic.log, traffic.pulse);
      traffic.clients.add(client);
      var unused =
          traffic.threads.scheduleAtFixedRate(
              client::write, pauseNanos * number / CLIENTS, pauseNanos, TimeUnit.NANOSECONDS);
    }
    return traffic;
  }

  ClientLog log() {
    return log;
  }

  /** How the writes fare now. */
  Pulse pulse() {
    return pulse;
  }

  /** Lets every write in flight end, then ends the clients. Repeatable. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    clients.forEach(TrafficClient::close);
  }
}
