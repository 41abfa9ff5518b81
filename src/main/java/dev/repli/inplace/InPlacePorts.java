package dev.repli.inplace;

import dev.repli.database.Databases;
import dev.repli.delta.TransactionLog;
import dev.repli.host.Hosts;
import dev.repli.journal.Journal;
import dev.repli.plan.Secrets;
import dev.repli.route.Routes;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Everything outside that the steps need. */
@Component
class InPlacePorts {
  final Hosts hosts;
  final Databases databases;
  final UpgradedServers servers;
  final Routes routes;
  final Secrets secrets;
  final Journal journal;
  final TransactionLog log;
  final Clock clock;
  final Consumer<Duration> pause;

  @Autowired
  InPlacePorts(
      Hosts hosts,
      Databases databases,
      UpgradedServers servers,
      Routes routes,
      Secrets secrets,
      Journal journal,
      TransactionLog log,
      ObjectProvider<Clock> clock) {
    this(
        hosts,
        databases,
        servers,
        routes,
        secrets,
        journal,
        log,
        clock.getIfAvailable(Clock::systemUTC),
        time -> java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos()));
  }

  InPlacePorts(
      Hosts hosts,
      Databases databases,
      UpgradedServers servers,
      Routes routes,
      Secrets secrets,
      Journal journal,
      TransactionLog log,
      Clock clock,
      Consumer<Duration> pause) {
    this.hosts = hosts;
    this.databases = databases;
    this.servers = servers;
    this.routes = routes;
    this.secrets = secrets;
    this.journal = journal;
    this.log = log;
    this.clock = clock;
    this.pause = pause;
  }
}
