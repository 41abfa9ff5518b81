package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** As {@link AutoShow}, where the release before comes back on the same machine. */
record InPlaceShow(Stage stage, LabUpgrade server, PrintStream out) implements Show {
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** HAProxy looks every half second whether the server is there again. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  private static final String GOOD_END = "Rolled back in place";

  /** What has nothing to do with the traffic: its release, and the sum of the other table. */
  private record Look(String release, String customers) {}

  @Override
  public boolean play() throws IOException, SQLException, InterruptedException {
    Look before = look();
    out.println("The server is " + before.release());
    Show.pause(WARM_UP);
    Optional<JsonNode> run = new PlayedIncident(stage, out).untilEnded();
    if (run.isEmpty()) {
      return false;
    }
    Show.pause(AFTERWARDS);
    stage.traffic().close();
    return judge(run.get().path("result").asText(), before, look());
  }

  private Look look() throws SQLException {
    try (Connection connection = server.connect()) {
      return new Look(
          text(connection, "SELECT VERSION()", 1),
          text(connection, "SELECT COUNT(*) FROM app.customers", 1)
              + " rows, checksum "
              + text(connection, "CHECKSUM TABLE app.customers", 2));
    }
  }

  private static String text(Connection connection, String sql, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(column);
    }
  }

  private boolean judge(String result, Look before, Look after) throws SQLException {
    TrafficVerdict verdict;
    try (Connection writer = server.connect()) {
      verdict =
          TrafficVerdict.of(stage.traffic().log().snapshot(), writer, UpgradedShop.OLD_RELEASE);
    }
    out.println(report(result, verdict, before, after));
    Optional<String> wrong = wrong(result, verdict, before, after);
    wrong.ifPresent(why -> out.println("Not as it should be: " + why));
    return wrong.isEmpty();
  }

  private static Optional<String> wrong(
      String result, TrafficVerdict verdict, Look before, Look after) {
    if (!result.equals(GOOD_END)) {
      return Optional.of("the run ended as \"" + result + "\", not \"" + GOOD_END + "\"");
    }
    if (!after.release().startsWith("10.11.")) {
      return Optional.of("the server is " + after.release() + ", not 10.11");
    }
    if (!verdict.sound()) {
      return Optional.of("the client's log and the server do not agree");
    }
    if (verdict.outage().isEmpty()) {
      return Optional.of("the release before acknowledged no order of the client");
    }
    return after.customers().equals(before.customers())
        ? Optional.empty()
        : Optional.of("the customers are not those of before");
  }

  private String report(String result, TrafficVerdict verdict, Look before, Look after) {
    ClientLog.Counts counts = stage.traffic().log().counts();
    return """
        Result: %s
                          before                                     after
          release         %-42s %s
          customers       %-42s %s

                          client's own log
          write outage    %14s
          acknowledged    %14d
          lost            %14d
          duplicated      %14d
        The client was refused %d times, could not connect %d times, and %d times its connection
        ended without an answer (of these writes %d are there)."""
        .formatted(
            result,
            before.release(),
            after.release(),
            before.customers(),
            after.customers(),
            AutoShow.millis(verdict.outage()),
            verdict.acknowledged(),
            verdict.lost(),
            verdict.duplicated(),
            counts.refused(),
            counts.notConnected(),
            counts.unknown(),
            verdict.unacknowledged());
  }
}
