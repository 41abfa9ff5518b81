package dev.repli.wayback;

import dev.repli.delta.DeltaSource;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.delta.stream.EndStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.StreamBarrier;
import dev.repli.delta.stream.StreamStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the stream into the runbooks. */
@Configuration(proxyBeanMethods = false)
class WayBackConfiguration {
  /** Clients wait for it inside a switch. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);

  private static Clock clock(ObjectProvider<Clock> clock) {
    return clock.getIfAvailable(Clock::systemUTC);
  }

  @Bean
  SwitchedStream switchedStream(
      StreamStore streams,
      HeldGroups held,
      OrderStream order,
      EndStream end,
      ObjectProvider<Clock> clock) {
    return new SwitchedStream(
        streams,
        held,
        order,
        new StreamBarrier(streams, held, clock(clock), LOOK_EVERY, WayBackConfiguration::pause),
        end);
  }

  @Bean
  StreamFindings streamFindings(
      StreamStore streams, HeldGroups held, StreamBarrier barrier, ObjectProvider<Clock> clock) {
    return new StreamFindings(streams, held, barrier, clock(clock));
  }

  @Bean
  CanaryImport canaryImport(DeltaSource source, ImportTarget target, HeldChanges held) {
    return new CanaryImport(
        source, target, new ImportDelta(target, held, WayBackConfiguration::pause));
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
