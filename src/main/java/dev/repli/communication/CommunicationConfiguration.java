package dev.repli.communication;

import dev.repli.journal.Journal;
import dev.repli.journal.JournalTail;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what tells people. */
@Configuration(proxyBeanMethods = false)
class CommunicationConfiguration {
  /** Channels that are slow at the same time without the others waiting. */
  private static final int CHANNELS = 8;

  private final Clock clock;
  private final MeterRegistry meters;

  CommunicationConfiguration(ObjectProvider<Clock> clock, ObjectProvider<MeterRegistry> meters) {
    this.clock = clock.getIfAvailable(Clock::systemUTC);
    this.meters = meters.getIfAvailable(SimpleMeterRegistry::new);
  }

  @Bean
  Correspondent correspondent(
      Plans plans,
      Runs runs,
      Journal journal,
      JournalTail tail,
      Reading reading,
      Outbox outbox,
      Matrix matrix) {
    return new Correspondent(plans, runs, journal, tail, reading, outbox, matrix, clock, meters);
  }

  @Bean
  Cadence cadence(Plans plans, Runs runs, Outbox outbox, Matrix matrix) {
    return new Cadence(plans, runs, outbox, matrix, clock, meters);
  }

  @Bean
  DraftWatch draftWatch(Plans plans, Runs runs, DraftBox box, Outbox outbox) {
    return new DraftWatch(plans, runs, box, outbox, clock, meters);
  }

  @Bean
  ApproveMessage approveMessage(DraftBox box, Outbox outbox, Wording wording, Journal journal) {
    return new ApproveMessage(box, outbox, wording, journal, clock);
  }

  @Bean
  TryChannels tryChannels(Wording wording, Deliveries deliveries) {
    return new TryChannels(wording, deliveries, clock);
  }

  @Bean
  PruneMessages pruneMessages(
      Plans plans,
      Runs runs,
      Outbox outbox,
      OldMessages old,
      @Value("${repli.messages.kept:90d}") Duration kept) {
    return new PruneMessages(plans, runs, outbox, old, kept, clock);
  }

  /** A thread of its own: no message waits for it. */
  @Bean
  RepeatedWork messagePruning(PruneMessages pruning) {
    return new RepeatedWork("messages-pruning").every(Duration.ofHours(1), pruning::tick);
  }

  @Bean
  RepeatedWork messageRounds(
      Plans plans,
      Outbox outbox,
      Wording wording,
      Deliveries deliveries,
      Journal journal,
      Correspondent correspondent,
      Cadence cadence,
      DraftWatch drafts,
      @Value("${repli.node-id:repli}") String node) {
    String process = node + "@" + clock.millis();
    RepeatedWork rounds = new RepeatedWork("messages");
    Postman postman =
        new Postman(
            plans,
            outbox,
            wording,
            deliveries,
            journal,
            meters,
            rounds.helpers(CHANNELS),
            clock,
            process);
    return rounds
        .every(Duration.ofMillis(500), correspondent::tick)
        .every(Duration.ofMillis(500), postman::tick)
        .every(Duration.ofSeconds(10), cadence::tick)
        .every(Duration.ofSeconds(2), drafts::tick);
  }
}
