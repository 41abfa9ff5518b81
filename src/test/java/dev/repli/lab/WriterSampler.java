package dev.repli.lab;

import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries to write on each node every 10 ms, straight and as an application, and remembers when that
 * worked. Knows nothing of Repli.
 */
public final class WriterSampler implements AutoCloseable {
  private final List<Accepted> accepted = new ArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

  /** A write that a node accepted, between two moments of one monotonic clock. */
  private record Accepted(Node.Role node, long startNanos, long endNanos) {}

  private WriterSampler() {}

  /** Starts; the table is made on the writer and replicated. */
  public static WriterSampler start(SwitchTopology topology, Node.Role writer) {
    topology
        .node(writer)
        .run(
            false,
            "CREATE TABLE IF NOT EXISTS app.sampled (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT)");
    WriterSampler sampler = new WriterSampler();
    for (Node.Role role : Node.Role.values()) {
      var unused =
          sampler.threads.scheduleAtFixedRate(
              sampler.new Client(topology, role), 0, 10, TimeUnit.MILLISECONDS);
    }
    return sampler;
  }

  private synchronized void add(Accepted write) {
    accepted.add(write);
  }

  /**
   * How often the node that accepts changed; more than the switches done means that two accepted at
   * once.
   */
  public synchronized int changesOfWriter() {
    List<Accepted> inOrder =
        accepted.stream().sorted(Comparator.comparingLong(Accepted::startNanos)).toList();
    int changes = 0;
    for (int i = 1; i < inOrder.size(); i++) {
      changes += inOrder.get(i).node() == inOrder.get(i - 1).node() ? 0 : 1;
    }
    return changes;
  }

  /** Longest time, in milliseconds, in which no node accepted a write. */
  public synchronized long longestWithoutWriterMillis() {
    List<Accepted> inOrder =
        accepted.stream().sorted(Comparator.comparingLong(Accepted::endNanos)).toList();
    long longest = 0;
    for (int i = 1; i < inOrder.size(); i++) {
      longest = Math.max(longest, inOrder.get(i).startNanos() - inOrder.get(i - 1).endNanos());
    }
    return longest / 1_000_000;
  }

  public synchronized boolean accepts(Node.Role node, long withinMillis) {
    long since = System.nanoTime() - withinMillis * 1_000_000;
    return accepted.stream().anyMatch(w -> w.node() == node && w.startNanos() > since);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Client implements Runnable {
    private final SwitchTopology topology;
    private final Node.Role role;
    private @Nullable Connection connection;

    Client(SwitchTopology topology, Node.Role role) {
      this.topology = topology;
      this.role = role;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      try {
        Connection open = connection;
        if (open == null) {
          open = topology.node(role).application();
          connection = open;
        }
        try (Statement statement = open.createStatement()) {
          statement.executeUpdate("INSERT INTO app.sampled (n) VALUES (1)");
        }
        add(new Accepted(role, start, System.nanoTime()));
      } catch (SQLException refused) {
        if (refused.getErrorCode() != 1290) {
          connection = null;
        }
      }
    }
  }
}
