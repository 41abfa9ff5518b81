package dev.repli.backup.proof;

import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the proofs that begin by themselves. */
@Configuration(proxyBeanMethods = false)
class BackupProofConfiguration {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @Bean
  RepeatedWork backupProofRounds(
      Plans plans, ObjectProvider<Runs> runs, ObjectProvider<Clock> clock) {
    BackupSchedule schedule =
        new BackupSchedule(plans, runs::getObject, clock.getIfAvailable(Clock::systemUTC));
    return new RepeatedWork("backup-proofs").every(PAUSE, schedule::tick);
  }
}
