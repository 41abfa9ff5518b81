package dev.repli.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.incident.Alert;
import dev.repli.incident.Alerts;
import dev.repli.incident.Intake;
import dev.repli.run.Runs.Run;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the webhook of Prometheus Alertmanager as it is; what Repli does not need is not read. */
@RestController
final class AlertmanagerApi {
  private static final int MOST_ALERTS = 10_000;
  private static final int MOST_LABELS = 64;
  private static final int LONGEST_VALUE = 1_024;
  private static final int LONGEST_SUMMARY = 300;

  /** What began later than this from now has the time of a wrong clock. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final Alerts alerts;
  private final WriteRequests requests;
  private final Clock clock;

  AlertmanagerApi(Alerts alerts, WriteRequests requests, ObjectProvider<Clock> clock) {
    this.alerts = alerts;
    this.requests = requests;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @PostMapping("/api/webhooks/alertmanager")
  ResponseEntity<Map<String, Object>> receive(HttpServletRequest request) {
    Params.only(request);
    List<Alert> read = read(requests.webhook(request));
    Alerts.Received received = alerts.receive(read, Caller.of(request));
    List<String> runs = new ArrayList<>();
    for (Intake intake : received.intakes()) {
      if (intake instanceof Intake.PlanBusy busy) {
        // Alertmanager sends it again after a server error only
        throw Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "plan-busy",
                "Another run works on the plan; send the alerts again later.")
            .with("run", RunView.of(busy.run()));
      }
      runOf(intake).map(run -> run.key().value()).ifPresent(runs::add);
    }
    return ResponseEntity.accepted()
        .body(Map.of("alerts", read.size(), "matched", received.matched(), "runs", runs));
  }

  private static Optional<Run> runOf(Intake intake) {
    if (intake instanceof Intake.Started started) {
      return Optional.of(started.run());
    }
    return intake instanceof Intake.Folded folded ? Optional.of(folded.run()) : Optional.empty();
  }

  private List<Alert> read(JsonNode body) {
    JsonNode list = body.path("alerts");
    if (!list.isArray() || list.size() > MOST_ALERTS) {
      throw wrong("alerts has to be a list of at most " + MOST_ALERTS + " alerts");
    }
    List<Alert> read = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      read.add(alert(list.get(index), "alerts[" + index + "]"));
    }
    return read;
  }

  private Alert alert(JsonNode node, String at) {
    String status = node.path("status").asText();
    if (!List.of("firing", "resolved").contains(status)) {
      throw wrong(at + ".status has to be firing or resolved");
    }
    Instant said = moment(node.path("startsAt"), at + ".startsAt");
    Instant now = clock.instant();
    Instant started = said.isAfter(now.plus(AHEAD)) ? now : said;
    boolean firing = status.equals("firing");
    Instant end = firing ? started : moment(node.path("endsAt"), at + ".endsAt");
    Map<String, String> labels = labels(node.path("labels"), at);
    String summary = node.path("annotations").path("summary").asText("");
    String name = labels.getOrDefault("alertname", "alert");
    return new Alert(firing, labels, plain(summary.isBlank() ? name : summary), started, end);
  }

  private static Map<String, String> labels(JsonNode node, String at) {
    if (!node.isObject() || node.size() > MOST_LABELS) {
      throw wrong(at + ".labels has to be an object of at most " + MOST_LABELS + " texts");
    }
    Map<String, String> labels = new TreeMap<>();
    node.properties()
        .forEach(
            label -> {
              String value = label.getValue().asText();
              if (!label.getValue().isTextual() || value.length() > LONGEST_VALUE) {
                throw wrong(at + ".labels: each has to be a text of at most 1024 characters");
              }
              labels.put(label.getKey(), value);
            });
    return labels;
  }

  private static Instant moment(JsonNode node, String at) {
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException e) {
      throw wrong(at + " has to be a moment with its offset, like 2026-03-01T12:00:00Z");
    }
  }

  /** One line that reads everywhere: annotations may contain anything. */
  private static String plain(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST_SUMMARY ? line : line.substring(0, LONGEST_SUMMARY);
  }

  private static Problem wrong(String why) {
    return Problem.of(
        HttpStatus.UNPROCESSABLE_ENTITY, "invalid-alerts", "Nothing was done: " + why);
  }
}
