package dev.repli.comparison.jdbc;

import dev.repli.lab.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Applications that change, add and take away rows with even ids of {@link ManyRows}, some of them
 * back and forth between two values, so that a reader sees the same twice with another in between.
 */
final class WriteTraffic implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final int PAUSE_MICROS = 2000;
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicInteger transactions = new AtomicInteger();
  private volatile boolean stopped;

  static WriteTraffic start(MariaDbServer writer) {
    WriteTraffic traffic = new WriteTraffic();
    for (int client = 0; client < CLIENTS; client++) {
      Random random = new Random(client);
      traffic.running.add(traffic.clients.submit(() -> traffic.write(writer, random)));
    }
    return traffic;
  }

  int transactions() {
    return transactions.get();
  }

  private Void write(MariaDbServer writer, Random random) throws SQLException {
    try (Connection connection = writer.application();
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        statement.execute(change(random));
        transactions.incrementAndGet();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS));
      }
    }
    return null;
  }

  private static String change(Random random) {
    int hot = 2 * (1 + random.nextInt(50)) * 200;
    int any = 2 * (1 + random.nextInt(ManyRows.ROWS / 2));
    return switch (random.nextInt(5)) {
      case 0, 1 -> "UPDATE app.many SET name = IF(name = 'a', 'b', 'a') WHERE id = " + hot;
      case 2 -> "UPDATE app.many SET amount = amount + 1 WHERE id = " + any;
      case 3 -> "DELETE FROM app.many WHERE id = " + any;
      default -> "REPLACE INTO app.many (id, name) VALUES (" + any + ", 'again')";
    };
  }

  /** Ends it; throws what went wrong in it. */
  @Override
  public void close() throws ExecutionException, TimeoutException {
    stopped = true;
    clients.shutdown();
    for (Future<?> client : running) {
      try {
        client.get(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while ending traffic", e);
      }
    }
  }
}
