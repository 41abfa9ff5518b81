package dev.repli.postmortem;

import dev.repli.communication.Outbox;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.postmortem.FindEndedRollbacks.Followed;
import dev.repli.run.Runs;
import dev.repli.sample.Samples;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what follows a rollback. */
@Configuration(proxyBeanMethods = false)
class PostMortemConfiguration {
  /** How long the hours after a rollback are watched; see RollbackWatchProcess. */
  private static final Duration WATCHED = Duration.ofHours(2);

  /** The watch first: its time runs. */
  private static final List<Followed> FOLLOWERS =
      List.of(
          new Followed("RollbackWatchProcess", "-watch", true, WATCHED),
          new Followed("PostMortemProcess", "-post-mortem", false, FindEndedRollbacks.HISTORY));

  private final Clock clock;

  PostMortemConfiguration(ObjectProvider<Clock> clock) {
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @Bean
  WritePostMortem writePostMortem(
      Plans plans,
      ObjectProvider<Runs> runs,
      Journal journal,
      Outbox outbox,
      Samples samples,
      PostMortems kept,
      UserNames names) {
    CollectStory stories =
        new CollectStory(plans, runs::getObject, journal, outbox, samples, names);
    return new WritePostMortem(stories, kept, journal, clock);
  }

  @Bean
  RemindWriters remindWriters(Journal journal) {
    return new RemindWriters(journal);
  }

  @Bean
  RepeatedWork remindingOwners(Plans plans, Runs runs, PostMortems kept, Journal journal) {
    RemindOwners owners = new RemindOwners(plans, runs, kept, journal, clock);
    return new RepeatedWork("action-owners").every(Duration.ofMinutes(10), owners::tick);
  }

  @Bean
  RepeatedWork findingEndedRollbacks(Plans plans, Runs runs, Journal journal) {
    FindEndedRollbacks rollbacks = new FindEndedRollbacks(plans, runs, journal, FOLLOWERS, clock);
    return new RepeatedWork("after-rollback").every(Duration.ofSeconds(5), rollbacks::tick);
  }
}
