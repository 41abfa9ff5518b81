package dev.repli.web;

import dev.repli.incident.Incident;
import dev.repli.incident.Incidents;
import dev.repli.incident.Intake;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Run;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where monitoring reports incidents. */
@RestController
final class IncidentApi {
  private static final Duration OLDEST = Duration.ofDays(30);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final Incidents incidents;
  private final WriteRequests requests;
  private final Clock clock;

  IncidentApi(Incidents incidents, WriteRequests requests, ObjectProvider<Clock> clock) {
    this.incidents = incidents;
    this.requests = requests;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @PostMapping("/api/incidents")
  ResponseEntity<Map<String, Object>> report(HttpServletRequest request) {
    Params.only(request);
    Incident incident = incident(requests.json(request));
    return answer(incidents.receive(incident, Caller.of(request)));
  }

  private Incident incident(Fields fields) {
    Optional<RunKey> id = fields.id("incidentId", RunKey::new);
    Optional<PlanId> plan = fields.id("planId", PlanId::new);
    Optional<String> source = fields.text("source", 100, true);
    Optional<Incident.Severity> severity =
        fields.choice("severity", Incident.Severity.class, false);
    Optional<String> summary = fields.text("summary", 500, true);
    Optional<Instant> startedAt = fields.instant("startedAt");
    startedAt.ifPresent(moment -> checkAge(moment, fields));
    SortedMap<String, Double> metrics = fields.numbers("metrics");
    Optional<Incident.Status> status = fields.choice("status", Incident.Status.class, true);
    fields.refuseIfWrong();
    return new Incident(
        Fields.checked(id),
        Fields.checked(plan),
        Fields.checked(source),
        severity,
        Fields.checked(summary),
        Fields.checked(startedAt),
        metrics,
        Fields.checked(status));
  }

  private void checkAge(Instant startedAt, Fields fields) {
    Instant now = clock.instant();
    if (startedAt.isAfter(now.plus(CLOCK_DIFFERENCE)) || startedAt.isBefore(now.minus(OLDEST))) {
      fields.wrong("startedAt", "must lie within the last 30 days");
    }
  }

  private static ResponseEntity<Map<String, Object>> answer(Intake intake) {
    if (intake instanceof Intake.Started started) {
      return accepted(started.run(), "STARTED");
    }
    if (intake instanceof Intake.Folded folded) {
      return accepted(folded.run(), folded.effect().name());
    }
    throw refusal(intake);
  }

  private static ResponseEntity<Map<String, Object>> accepted(Run run, String effect) {
    return ResponseEntity.accepted()
        .location(RunView.address(run))
        .body(Map.of("effect", effect, "run", RunView.of(run)));
  }

  private static Problem refusal(Intake intake) {
    if (intake instanceof Intake.PlanBusy busy) {
      return RunView.busy(busy.run());
    }
    if (intake instanceof Intake.Contradiction contradiction) {
      return Problem.of(
              HttpStatus.CONFLICT,
              "incident-contradicts",
              "Nothing was changed: " + contradiction.why() + ".")
          .with("run", RunView.of(contradiction.run()));
    }
    if (intake instanceof Intake.UnknownPlan unknown) {
      return Problem.of(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "no-such-plan",
          "There is no plan " + unknown.plan() + "; GET /api/plans lists the plans.");
    }
    return Problem.of(
        HttpStatus.NOT_FOUND,
        "nothing-to-start",
        "This incident is resolved and no run was ever started for it, so there is nothing to do.");
  }
}
