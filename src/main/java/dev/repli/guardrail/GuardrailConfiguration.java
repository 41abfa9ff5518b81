package dev.repli.guardrail;

import dev.repli.comparison.TableComparison;
import dev.repli.database.Databases;
import dev.repli.database.survey.Surveys;
import dev.repli.journal.Journal;
import dev.repli.route.Routes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the guardrails; each check is a bean of its own and is found by being there. */
@Configuration(proxyBeanMethods = false)
class GuardrailConfiguration {

  @Bean
  Guardrails guardrails(
      List<Guardrail> all,
      Surveys surveys,
      Databases databases,
      Routes routes,
      ObjectProvider<TableComparison> comparisons,
      ObjectProvider<OwnHealth> own,
      Journal journal,
      ObjectProvider<Clock> clock) {
    // not a bean: Spring would take it for the application's executor
    ExecutorService threads = Executors.newCachedThreadPool(GuardrailConfiguration::thread);
    Clock now = clock.getIfAvailable(Clock::systemUTC);
    FollowLook follow = new FollowLook(databases, surveys);
    Optional<TableComparison> kept = Optional.ofNullable(comparisons.getIfAvailable());
    Optional<OwnHealth> health = Optional.ofNullable(own.getIfAvailable());
    Lookout lookout = new Lookout(surveys, follow, routes, kept, health, threads, now);
    return new Guardrails(all, lookout, journal, threads, now);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "guardrail");
    thread.setDaemon(true);
    return thread;
  }
}
