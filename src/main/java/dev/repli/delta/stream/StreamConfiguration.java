package dev.repli.delta.stream;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the streams. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

  /** Targets that give no answer at the same time without the lag of others being unknown. */
  private static final int LOOKS = 4;

  private static final Duration ASK_EVERY = Duration.ofSeconds(3);

  @Bean
  StreamBarrier streamBarrier(StreamStore streams, HeldGroups held, ObjectProvider<Clock> clock) {
    return new StreamBarrier(
        streams, held, clock.getIfAvailable(Clock::systemUTC), StreamConfiguration::pause);
  }

  @Bean
  OrderStream orderStream(
      StreamStore streams,
      HeldGroups held,
      Databases databases,
      Journal journal,
      ObjectProvider<StreamObjections> others,
      ObjectProvider<Clock> clock) {
    LookAtNodes nodes = new LookAtNodes(databases);
    StreamObjections all =
        plan ->
            Stream.concat(
                    others.orderedStream().flatMap(other -> other.to(plan).stream()),
                    nodes.to(plan).stream())
                .toList();
    return new OrderStream(streams, held, all, journal, clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  EndStream endStream(StreamStore streams, OrderStream order, ObjectProvider<Clock> clock) {
    return new EndStream(
        streams, order, clock.getIfAvailable(Clock::systemUTC), StreamConfiguration::pause);
  }

  @Bean
  ReverseStreams reverseStreams(
      StreamStore streams,
      Plans plans,
      DeltaSource source,
      ImportTarget target,
      HeldChanges held,
      HeldGroups groups,
      Databases databases,
      RepeatedWork streamLooks,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock) {
    return new ReverseStreams(
        streams,
        plans,
        new RunStream(source, target, held, StreamConfiguration::pause),
        groups,
        plan -> position(databases, plan),
        streamLooks.helpers(LOOKS),
        meters.getIfAvailable(SimpleMeterRegistry::new),
        UUID.randomUUID().toString(),
        clock.getIfAvailable(Clock::systemUTC),
        StreamConfiguration::pause);
  }

  @Bean
  StreamClock streamClock(ReverseStreams streams) {
    return new StreamClock(streams);
  }

  @Bean
  RepeatedWork streamLooks() {
    return new RepeatedWork("stream-looks");
  }

  @Bean
  RepeatedWork askingAboutHeld(
      StreamStore streams, HeldGroups held, Plans plans, Runs runs, Journal journal) {
    AskAboutHeld ask = new AskAboutHeld(streams, held, plans, runs, journal);
    return new RepeatedWork("stream-conflicts").every(ASK_EVERY, ask::tick);
  }

  private static Position position(Databases databases, Plan plan) {
    try (NodeSession session = databases.connect(plan.target(), LOOK_LIMIT, ActLog.NONE)) {
      return session.position();
    }
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
