package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Posts the incident, does the people's part, and judges the result by the client's own log. */
record AutoShow(Stage stage, PrintStream out) implements Show {
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);
  private static final String GOOD_END = "Rolled back to source";

  @Override
  public boolean play() throws IOException, SQLException, InterruptedException {
    Show.pause(WARM_UP);
    Optional<JsonNode> run = new PlayedIncident(stage, out).untilEnded();
    if (run.isEmpty()) {
      return false;
    }
    Show.pause(AFTERWARDS);
    stage.traffic().close();
    return judge(run.get());
  }

  boolean judge(JsonNode run) throws IOException, SQLException {
    TrafficVerdict verdict;
    try (Connection writer = stage.nodes().source().admin()) {
      verdict = TrafficVerdict.of(stage.traffic().log().snapshot(), writer, LabNodes.SOURCE_ID);
    }
    String key = run.path("key").asText();
    JsonNode ledger =
        stage.api().get(stage.user("mgr1"), "/api/runs/" + key + "/ledger").body().path("ledger");
    out.println(report(run, verdict, ledger));
    Optional<String> wrong = wrong(run, verdict, ledger);
    wrong.ifPresent(why -> out.println("Not as it should be: " + why));
    return wrong.isEmpty();
  }

  private static Optional<String> wrong(JsonNode run, TrafficVerdict verdict, JsonNode ledger) {
    String result = run.path("result").asText();
    if (!result.equals(GOOD_END)) {
      return Optional.of("the run ended as \"" + result + "\", not \"" + GOOD_END + "\"");
    }
    if (!verdict.sound()) {
      return Optional.of("the client's log and the new writer do not agree");
    }
    if (verdict.outage().isEmpty()) {
      return Optional.of("the new writer acknowledged no order of the client");
    }
    if (!ledger.path("probed").asBoolean()
        || ledger.path("lost").asLong(-1) != 0
        || ledger.path("duplicated").asLong(-1) != 0) {
      return Optional.of("the ledger does not prove that nothing was lost: " + ledger);
    }
    return Optional.empty();
  }

  private String report(JsonNode run, TrafficVerdict verdict, JsonNode ledger) {
    ClientLog.Counts counts = stage.traffic().log().counts();
    return """

        Result: %s
                          client's own log     Repli's probe
          write outage    %14s    %14s
          acknowledged    %14d    %14d
          lost            %14d    %14d
          duplicated      %14d    %14d
          aborted         %14d    %14d
        The client was refused %d times, and %d times its connection ended without an answer
        (of these writes %d are there)."""
        .formatted(
            run.path("result").asText(),
            millis(verdict.outage()),
            millis(ledgerOutage(ledger)),
            verdict.acknowledged(),
            ledger.path("acknowledged").asLong(),
            verdict.lost(),
            ledger.path("lost").asLong(),
            verdict.duplicated(),
            ledger.path("duplicated").asLong(),
            counts.unknown() - verdict.unacknowledged(),
            ledger.path("aborted").asLong(),
            counts.refused(),
            counts.unknown(),
            verdict.unacknowledged());
  }

  /** A duration in JSON is ISO-8601 text. */
  private static Optional<Duration> ledgerOutage(JsonNode ledger) {
    JsonNode outage = ledger.path("writeOutage");
    return outage.isTextual() ? Optional.of(Duration.parse(outage.asText())) : Optional.empty();
  }

  static String millis(Optional<Duration> time) {
    return time.map(t -> "%.1f ms".formatted(t.toNanos() / 1e6)).orElse("not seen");
  }
}
