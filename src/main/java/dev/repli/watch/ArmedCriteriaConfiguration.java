package dev.repli.watch;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.incident.Incidents;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the criteria armed from the moment the application is ready. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "repli.armed-criteria.enabled", matchIfMissing = true)
class ArmedCriteriaConfiguration {
  /** Sources that give no answer at the same time without the others waiting. */
  private static final int LOOKS = 4;

  /** Each plan says how often it is looked at; this is how soon that is noticed. */
  private static final Duration TICK = Duration.ofSeconds(5);

  @Bean
  RepeatedWork armedCriteriaRounds() {
    return new RepeatedWork("armed-criteria");
  }

  @Bean
  ArmedCriteria armedCriteria(
      RepeatedWork armedCriteriaRounds,
      Plans plans,
      Runs runs,
      EvaluateCriteria criteria,
      Incidents incidents,
      Journal journal,
      ObjectProvider<Clock> clocks) {
    Clock clock = clocks.getIfAvailable(Clock::systemUTC);
    WatchJournal watchJournal = new WatchJournal(journal, clock);
    ArmedCriteria armed =
        new ArmedCriteria(
            plans,
            runs,
            criteria,
            new ReportFromWatch(
                () -> incidents, Runnable::run, watchJournal, clock, "Watch after the cutover"),
            watchJournal,
            new CriteriaJournal(journal),
            clock,
            armedCriteriaRounds.helpers(LOOKS));
    armedCriteriaRounds.every(TICK, armed::tick);
    return armed;
  }
}
