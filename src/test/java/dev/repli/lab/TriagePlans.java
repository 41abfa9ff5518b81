package dev.repli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans whose incidents wait somewhere else each, and reports of such incidents. */
final class TriagePlans {
  /** How long a fix is tried, as the engine keeps it: of the plan {@code lost} alone. */
  static final String ONLY_OF_LOST = "PT29M17S";

  private static final String TABLE = "processes/communication/CommunicationMatrix.dmn";

  private final Path plans;
  private final Path table;
  private final String inbox;
  private final String started = Instant.now().minusSeconds(90).toString();

  /**
   * @param inbox reference to the address of the team's webhook
   */
  TriagePlans(Path directory, String inbox) throws IOException {
    this.plans = Files.createDirectories(directory.resolve("plans"));
    this.table = directory.resolve("CommunicationMatrix.dmn");
    this.inbox = inbox;
    Files.writeString(table, hasty(Files.readString(Path.of(TABLE))));
  }

  /** Of an incident people write after a second, not after an hour. */
  private static String hasty(String text) {
    int rule = text.indexOf("<rule id=\"Rule_IncidentCommunicationDraft");
    int hour = text.indexOf("PT1H", rule);
    return text.substring(0, hour) + "PT1S" + text.substring(hour + "PT1H".length());
  }

  Path plans() {
    return plans;
  }

  /** All models of the application, but its own table of who is told what. */
  List<String> settings() {
    return List.of(
        "--camunda.bpm.deployment-resource-pattern=classpath*:/processes/**/*.bpmn,"
            + "classpath*:/processes/rollback/*.dmn,classpath*:/processes/criteria/*.dmn,"
            + "classpath*:/processes/delta/*.dmn,classpath*:/forms/**/*.form,file:"
            + table);
  }

  /** Writes the plan of a lab under another name. */
  void write(String id, SwitchTopology lab) throws IOException {
    String own =
        lab.planText()
            .replaceFirst("(?m)^id: .*$", "id: " + id)
            .replace("lookEvery: 3s", "lookEvery: 30s");
    Files.writeString(plans.resolve(id + ".yaml"), own + criteria(id) + communication(id));
  }

  private static String criteria(String id) {
    return """
        criteria:
          evaluateEvery: 2s
          staleAfter: 1h
          baseline: {latencyP95Ms: 100}
          thresholds:
            - {criterion: errors-low, above: 0.001, lasting: 0s}
          decision: {remindAfter: 45s, deputiesAfter: 75s, fix: %s, countdown: 1h}
        contacts:
          grace: {low: 1h}
        """
        .formatted(id.equals("lost") ? "1757s" : "30m");
  }

  private String communication(String id) {
    String team =
        "communication:\n  channels:\n"
            + "    - {type: webhook, name: team, audience: technical, url: \"%s\"}\n"
                .formatted(inbox);
    return id.equals("ask")
        ? team
            + "    - {type: webhook, name: customers, audience: users, url: \"%s\"}\n"
                .formatted(inbox)
        : team;
  }

  /** The same report each time. */
  Map<String, Object> incident(String plan, Map<String, Object> metrics) {
    Map<String, Object> report = new HashMap<>();
    report.put("planId", plan);
    report.put("incidentId", "INC-" + plan);
    report.put("source", "monitoring");
    report.put("summary", "Checkout fails");
    report.put("startedAt", started);
    report.put("metrics", metrics);
    report.put("status", "firing");
    if (plan.equals("fix")) {
      // nobody has to judge it: what the criteria say of it counts
      report.put("severity", "low");
    }
    return report;
  }

  /** Who reported it says that it is over. */
  Map<String, Object> resolved(String plan, Map<String, Object> metrics) {
    Map<String, Object> report = incident(plan, metrics);
    report.put("status", "resolved");
    return report;
  }
}
