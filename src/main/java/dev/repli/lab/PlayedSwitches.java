package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.plan.Node;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Notes where in the client's log each switch began, and at the end asks who has which order. */
final class PlayedSwitches {
  /** The log as it was when a switch began. */
  private record Mark(Node.Role to, ClientLog.Counts log) {}

  private final Stage stage;
  private final List<Mark> marks = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  PlayedSwitches(Stage stage) {
    this.stage = stage;
  }

  /** A switch is about to be started; what the client got so far was before it. */
  void begin(Node.Role to) {
    marks.add(new Mark(to, stage.traffic().log().counts()));
  }

  /** It was started, as this run. */
  void named(String runbook, String key) {
    names.add(runbook);
    keys.add(key);
  }

  /** Compares the client's log with what the last writer has; the traffic has ended. */
  SwitchReport report() throws IOException, SQLException {
    ClientLog.Snapshot log = stage.traffic().log().snapshot();
    ClientLog.Counts all = stage.traffic().log().counts();
    Node.Role last = marks.get(marks.size() - 1).to();
    OrderRows rows;
    try (Connection writer = stage.nodes().in(last).admin()) {
      rows = OrderRows.on(writer);
    }
    List<SwitchReport.Line> lines = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Mark mark = marks.get(i);
      ClientLog.Counts end = i + 1 < marks.size() ? marks.get(i + 1).log() : all;
      int from = mark.log().acknowledged();
      TrafficVerdict seen =
          TrafficVerdict.of(
              log.between(from, end.acknowledged()), rows, LabNodes.serverId(mark.to()));
      lines.add(line(i, mark, end, seen));
    }
    return new SwitchReport(
        lines, TrafficVerdict.of(log, rows, LabNodes.serverId(last)), all.unknown());
  }

  private SwitchReport.Line line(int number, Mark mark, ClientLog.Counts end, TrafficVerdict seen)
      throws IOException {
    JsonNode ledger =
        stage
            .api()
            .get(stage.user("mgr1"), "/api/runs/" + keys.get(number) + "/ledger")
            .body()
            .path("ledger");
    return new SwitchReport.Line(
        names.get(number),
        mark.to(),
        seen.outage(),
        end.refused() - mark.log().refused(),
        end.unknown() - mark.log().unknown(),
        end.notConnected() - mark.log().notConnected(),
        ledger.path("probed").asBoolean(),
        ledger.path("lost").asLong(-1),
        ledger.path("duplicated").asLong(-1));
  }
}
