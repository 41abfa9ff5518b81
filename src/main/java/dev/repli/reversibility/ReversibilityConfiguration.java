package dev.repli.reversibility;

import dev.repli.delta.stream.StreamStore;
import dev.repli.journal.Journal;
import dev.repli.monitor.PairState;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.rollback.Looks;
import dev.repli.rollback.ReverseStream;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the meter; a way back that another feature measures joins it as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReversibilitySettings.class)
class ReversibilityConfiguration {

  @Bean
  RollbackWindow rollbackWindow(ObjectProvider<Runs> runs, Journal journal) {
    return new RollbackWindow(runs::getObject, journal);
  }

  @Bean
  ReplicationWay replicationWay(Looks looks, ReverseStream reverse, RollbackWindow window) {
    return new ReplicationWay(looks, reverse, window);
  }

  @Bean
  ReversibilityMeter reversibilityMeter(
      Plans plans,
      List<MeasureWay> measures,
      StrategyTable table,
      RollbackWindow window,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock) {
    return new ReversibilityMeter(
        plans,
        measures,
        table,
        window::ends,
        meters.getIfAvailable(SimpleMeterRegistry::new),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnProperty(name = "repli.reversibility.enabled", matchIfMissing = true)
  ReversibilityClock reversibilityClock(ReversibilityMeter meter, ReversibilitySettings settings) {
    return new ReversibilityClock(meter, settings.every());
  }

  @Bean
  @ConditionalOnProperty(name = "repli.reversibility.enabled", matchIfMissing = true)
  RepeatedWork noticingChanges(
      Plans plans,
      ObjectProvider<ReplicationMonitor> monitor,
      ObjectProvider<StreamStore> streams,
      ReversibilityClock clock) {
    Function<Plan, String> sight =
        plan ->
            monitor.stream().map(watching -> replication(watching, plan.id())).findFirst()
                + " "
                + streams.stream().flatMap(store -> stream(store, plan.id())).findFirst();
    NoticeChanges notice = new NoticeChanges(plans, sight, clock::soon);
    return new RepeatedWork("way-back-changes").every(Duration.ofSeconds(5), notice::tick);
  }

  /** Without what is another at each look, as the lag is. */
  private static String replication(ReplicationMonitor monitor, PlanId plan) {
    String state =
        monitor
            .state(plan)
            .map(
                seen -> {
                  if (seen instanceof PairState.Replicating replicating) {
                    return "replicating " + replicating.replica() + " " + replicating.byRepli();
                  }
                  return seen instanceof PairState.Failing failing ? failing.kind().name() : "none";
                })
            .orElse("not seen");
    return state + " " + monitor.writers(plan);
  }

  private static Stream<String> stream(StreamStore streams, PlanId plan) {
    return streams.find(plan).map(known -> known.wanted() + " " + known.report().state()).stream();
  }
}
