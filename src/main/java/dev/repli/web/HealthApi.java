package dev.repli.web;

import java.util.Map;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether Repli itself is well. */
@RestController
final class HealthApi {
  private final HealthEndpoint health;

  HealthApi(HealthEndpoint health) {
    this.health = health;
  }

  /** Answers while the process lives, whatever else is wrong. */
  @GetMapping(path = "/up", produces = MediaType.TEXT_PLAIN_VALUE)
  String up() {
    return "up\n";
  }

  /** Database, engine and disk together; the parts stand at /actuator/health. */
  @GetMapping("/health")
  ResponseEntity<Map<String, String>> health() {
    HealthComponent all = health.health();
    boolean well = Status.UP.equals(all.getStatus());
    return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("status", all.getStatus().getCode()));
  }

  /** This version has no application databases to look at, and does not pretend to have looked. */
  @GetMapping("/health/migrations")
  Map<String, Object> migrations() {
    return Map.of(
        "status",
        "NOT_CONFIGURED",
        "databases",
        java.util.List.of(),
        "detail",
        "No application database is configured, so pending migrations are unknown.");
  }
}
