package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.Alert;
import dev.repli.incident.AlertLedger;
import dev.repli.incident.Alerts;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.SecretRef;
import dev.repli.run.KnownPlans;
import dev.repli.run.Runs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * Ten thousand alerts at once, taken in by two Replis: runs of a real engine, alerts and messages
 * in a real database, and channels that take everything. Time stands still until the test moves it.
 */
@SpringBootTest(
    classes = AlertStormTest.Application.class,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:storm;DB_CLOSE_DELAY=-1",
      "camunda.bpm.job-execution.enabled=false",
      "camunda.bpm.deployment-resource-pattern=classpath:run/*.bpmn"
    })
class AlertStormTest {
  private static final PlanId SHOP = new PlanId("shop");
  private static final int ALERTS = 10_000;
  private static final int MOST = 3;
  private static final Duration ROUND = Duration.ofMillis(500);

  /** No @Configuration: no other test may find it by scanning. */
  @EnableAutoConfiguration
  @ComponentScan({"dev.repli.run", "dev.repli.incident.jdbc", "dev.repli.communication.jdbc"})
  static class Application {
    @Bean
    MessageWorld.Time time() {
      return new MessageWorld.Time();
    }

    @Bean
    InMemoryJournal journal(MessageWorld.Time time) {
      return new InMemoryJournal(time);
    }

    @Bean
    Plans plans() {
      return new ShopWithAlerts();
    }
  }

  /**
   * Its team, its management and whoever is on call are told, each over their own channel; Ada is
   * called over three of hers.
   */
  private static final class ShopWithAlerts implements Plans {
    private static final CommunicationRules TOLD =
        rules(
            "Online shop",
            channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
            channel("heads", CommunicationRules.Type.PAGERDUTY, Audience.MANAGEMENT),
            channel("on-call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD));

    private static final Optional<SecretRef> URL = Optional.of(new SecretRef("env:URL"));
    private static final Contact ADA =
        new Contact("ada", "Ada", "ada", Optional.of("ada@shop.example"), URL, URL);

    private final Plan shop;

    ShopWithAlerts() {
      CriteriaRules usual = CriteriaRules.USUAL;
      shop =
          new KnownPlans("shop")
              .telling("shop", TOLD)
              .all()
              .get(0)
              .calling(new ContactRules(List.of(ADA), List.of(), ContactRules.NONE.grace()))
              .with(
                  new CriteriaRules(
                      usual.preset(),
                      usual.thresholds(),
                      usual.metrics(),
                      usual.staleAfter(),
                      usual.evaluateEvery(),
                      usual.decision(),
                      List.of(
                          new CriteriaRules.Alert(
                              "alertname", "Errors", Criterion.ERRORS_CRITICAL)),
                      usual.baseline()));
    }

    @Override
    public List<Plan> all() {
      return List.of(shop);
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return all().stream().filter(plan -> plan.id().equals(id)).findFirst();
    }
  }

  @Autowired private Plans plans;
  @Autowired private Runs runs;
  @Autowired private InMemoryJournal journal;
  @Autowired private AlertLedger ledger;
  @Autowired private Outbox outbox;
  @Autowired private Reading reading;
  @Autowired private MessageWorld.Time time;

  private final Map<String, List<Instant>> received = new HashMap<>();

  /** A Repli of its own: it shares the database with others, and nothing else. */
  private Alerts repli() {
    Incidents incidents = new Incidents(plans, runs, journal, Measurements.NONE, time);
    return new Alerts(plans, incidents, Measurements.NONE, ledger, time);
  }

  private static Alert alert(int number, Instant start) {
    return new Alert(
        true,
        Map.of("alertname", "Errors", "instance", "web-" + number),
        "Checkout fails on web-" + number,
        start,
        start);
  }

  private void storm(Alerts repli, int first, Instant start) {
    for (int from = first; from < first + ALERTS / 2; from += 500) {
      repli.receive(
          IntStream.range(from, from + 500).mapToObj(i -> alert(i, start)).toList(), "prometheus");
    }
  }

  private final class Receiving implements Delivery {
    @Override
    public boolean speaks(CommunicationRules.Type type) {
      return true;
    }

    @Override
    public int longest(CommunicationRules.Type type) {
      return 10_000;
    }

    @Override
    public Result send(CommunicationRules rules, Channel channel, Text text) {
      String reader = channel.name().replaceAll("^(contact:[^:]+):.*$", "$1");
      received.computeIfAbsent(reader, name -> new ArrayList<>()).add(time.instant());
      return new Result.Delivered();
    }
  }

  @Test
  void foldsTenThousandAlertsIntoOneRunAndThreeMessagesAPersonInTheFirstMinute() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    TableMatrix matrix = new TableMatrix();
    Correspondent correspondent =
        new Correspondent(plans, runs, journal, journal, reading, outbox, matrix, time, meters);
    Cadence cadence = new Cadence(plans, runs, outbox, matrix, time, meters);
    Postman postman =
        new Postman(
            plans,
            outbox,
            (moment, audience, locale, facts) -> new Wording.Words(moment.word(), "text"),
            new Deliveries(List.of(new Receiving())),
            journal,
            meters,
            Runnable::run,
            time,
            "one");
    Instant now = time.instant();

    // the second one hears of alerts that began a minute before: without the first one, its
    // incident would have another key
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> storm(repli(), ALERTS / 2, now.minus(Duration.ofMinutes(1))));
    storm(repli(), 0, now);
    other.join();

    assertThat(runs.newest(SHOP, 50)).hasSize(1);
    assertThat(ledger.firing(SHOP)).containsExactly(Criterion.ERRORS_CRITICAL);
    Runs.Run run = runs.newest(SHOP, 1).get(0);
    // requested; one update and one that joined in 30 s, of each Repli when they write at once
    assertThat(journal.read(run.key())).hasSizeBetween(1, 5);
    for (Duration at = Duration.ZERO;
        at.compareTo(Duration.ofMinutes(1)) < 0;
        at = at.plus(ROUND)) {
      if (at.toMillis() % 10_000 == 0) {
        String moment = at.isZero() ? "decision-due" : "action-overdue";
        journal.append(
            run.key(),
            new Milestone("CONTACT_CALLED", "Ada", Map.of("message", moment, "contact", "ada")));
      }
      correspondent.tick();
      cadence.tick();
      postman.tick();
      time.pass(ROUND);
    }
    assertThat(received).containsOnlyKeys("war-room", "heads", "on-call", "contact:ada");
    assertThat(received.values())
        .allSatisfy(messages -> assertThat(messages).hasSizeBetween(1, MOST));
  }
}
