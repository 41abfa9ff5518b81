package dev.repli.web;

import dev.repli.communication.Deliveries;
import dev.repli.communication.Delivery;
import dev.repli.communication.TryChannels;
import dev.repli.communication.Wording;
import dev.repli.delta.conflict.Admission;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.StreamStore;
import dev.repli.delta.stream.jdbc.JdbcStreamStore;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledgers;
import dev.repli.journal.Reports;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import dev.repli.reversibility.MeasureWay;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.run.KnownPlans;
import dev.repli.watch.WatchRounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The web application on a real engine with tiny runbooks; with Repli's own log-in and roles.
 *
 * <p>No @Configuration: no other test may find it by scanning.
 */
@EnableAutoConfiguration
@ComponentScan({
  "dev.repli.web",
  "dev.repli.run",
  "dev.repli.engine.access",
  "dev.repli.engine.hardening",
  "dev.repli.approval",
  "dev.repli.communication.jdbc",
  "dev.repli.incident.jdbc",
  "dev.repli.communication.wording",
  "dev.repli.postmortem.jdbc",
  "dev.repli.guardrail",
  "dev.repli.database",
  "dev.repli.host",
  "dev.repli.route"
})
class WebTestApplication {
  private static final CommunicationRules TOLD =
      new CommunicationRules(
          Optional.of("Online <shop>"),
          Optional.of("help@shop.example"),
          Optional.empty(),
          List.of(
              new Channel(
                  "war-room",
                  CommunicationRules.Type.SLACK,
                  CommunicationRules.Audience.TECHNICAL,
                  Optional.of(new SecretRef("env:URL")),
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty())),
          Optional.empty());

  static final String PASSWORD = "Try-this-0ut";

  @Bean
  Plans plans() {
    return new KnownPlans("shop", "books").telling("shop", TOLD);
  }

  @Bean
  InMemoryJournal journal() {
    return new InMemoryJournal();
  }

  @Bean
  WorkRecords workRecords() {
    return new InMemoryWorkRecords();
  }

  @Bean
  Ledgers ledgers(Journal journal) {
    return new Ledgers(journal);
  }

  @Bean
  WatchRounds watchRounds(Journal journal) {
    return new WatchRounds(journal);
  }

  @Bean
  Reports reports(Journal journal) {
    return new Reports(journal);
  }

  @Bean
  ReversibilityMeter reversibilityMeter(Plans plans) {
    MeasureWay closed =
        new MeasureWay() {
          @Override
          public Strategy strategy() {
            return Strategy.REPLICATION;
          }

          @Override
          public WayBack measure(Plan plan) {
            return WayBack.unknown(Strategy.REPLICATION, "the source does not answer");
          }
        };
    return new ReversibilityMeter(
        plans,
        List.of(closed),
        (ways, left) -> List.of(),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }

  @Bean
  StreamStore streams(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new JdbcStreamStore(jdbc, transactions);
  }

  @Bean
  OrderStream orderStream(StreamStore streams, Journal journal) {
    return new OrderStream(
        streams,
        FakeConflicts.of(0),
        plan ->
            plan.id().value().equals("books")
                ? List.of()
                : List.of("db-source accepts application writes: fence it"),
        journal,
        Clock.systemUTC());
  }

  @Bean
  FakeConflicts conflicts() {
    return FakeConflicts.of(3);
  }

  @Bean
  CaseBook caseBook(FakeConflicts conflicts, Plans plans) {
    return new CaseBook(conflicts, plans);
  }

  @Bean
  ConflictDesk conflictDesk(FakeConflicts conflicts, Journal journal) {
    return new ConflictDesk(conflicts, conflicts, Admission.NOT_NEEDED, journal, Clock.systemUTC());
  }

  @Bean
  TryChannels tryChannels(Wording wording) {
    return new TryChannels(
        wording, new Deliveries(List.of(new RefusingDelivery())), Clock.systemUTC());
  }

  /** No channel takes anything here. */
  private static final class RefusingDelivery implements Delivery {
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
      return new Result.Refused("it answers 404");
    }
  }

  @Bean
  Secrets secrets() {
    return reference -> PASSWORD;
  }
}
