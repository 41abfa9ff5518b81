package dev.repli.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.incident.AlertLedger;
import dev.repli.incident.Alerts;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** What the controllers need beside the features' own beans. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  @Bean
  Incidents incidents(
      Plans plans,
      Runs runs,
      Journal journal,
      ObjectProvider<Measurements> measurements,
      ObjectProvider<Clock> clock) {
    return new Incidents(
        plans,
        runs,
        journal,
        measurements.getIfAvailable(() -> Measurements.NONE),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  Alerts alerts(
      Plans plans,
      Incidents incidents,
      ObjectProvider<Measurements> measurements,
      AlertLedger ledger,
      ObjectProvider<Clock> clock) {
    return new Alerts(
        plans,
        incidents,
        measurements.getIfAvailable(() -> Measurements.NONE),
        ledger,
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  RepeatedWork silentAlertRounds(
      Alerts alerts, @Value("${repli.alerts.silent-after:12h}") Duration silentAfter) {
    return new RepeatedWork("silent-alerts")
        .every(Duration.ofMinutes(1), () -> alerts.endSilent(silentAfter));
  }

  @Bean
  Supplier<UUID> runIds() {
    return UUID::randomUUID;
  }

  /** Strange methods and addresses: sent through the error page, they would be rejected again. */
  @Bean
  RequestRejectedHandler rejectedRequests(ObjectMapper json) {
    return (request, response, rejected) -> {
      ProblemDetail problem =
          Problem.detail(
              HttpStatus.BAD_REQUEST, "bad-request", ErrorPage.explain(HttpStatus.BAD_REQUEST));
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      json.writeValue(response.getOutputStream(), Problem.members(problem, "/"));
    };
  }
}
