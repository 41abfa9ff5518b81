package dev.repli.reads.process;

import static org.awaitility.Awaitility.await;

import dev.repli.plan.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An application that reads through a route, one read after the other, and notes who answered. */
final class ReadTraffic implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final String url;
  private final String password;
  private final List<Long> answers = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private ReadTraffic(String url, String password) {
    this.url = url;
    this.password = password;
  }

  /** Reads as {@code app} from now on. */
  static ReadTraffic through(Endpoint entrance, String password) {
    String url =
        "jdbc:mariadb://%s:%d/?sslMode=disable&connectTimeout=10000&socketTimeout=30000"
            .formatted(entrance.host(), entrance.port());
    ReadTraffic traffic = new ReadTraffic(url, password);
    var unused =
        traffic.thread.scheduleWithFixedDelay(
            traffic::readOnce, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return traffic;
  }

  private void readOnce() {
    try (Connection client = DriverManager.getConnection(url, "app", password);
        Statement statement = client.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@server_id")) {
      row.next();
      note(row.getLong(1));
    } catch (SQLException failure) {
      note(failure);
    }
  }

  private synchronized void note(long serverId) {
    answers.add(serverId);
  }

  private synchronized void note(SQLException failure) {
    failures.add(String.valueOf(failure.getMessage()));
  }

  private synchronized List<Long> answers() {
    return List.copyOf(answers);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Server ids of those who answer so many reads that begin from now on. */
  Set<Long> serversOfNext(int reads) {
    int underWay = answers().size() + 1;
    await().atMost(Duration.ofMinutes(1)).until(() -> answers().size() >= underWay + reads);
    return new TreeSet<>(answers().subList(underWay, underWay + reads));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
