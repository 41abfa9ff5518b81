package dev.repli.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets nothing through but allowed commands, and tells of what changes something. */
final class AllowedHost implements Host {
  private final Host real;
  private final Allowed allowed;
  private final HostLog log;
  private final Clock clock;

  AllowedHost(Host real, Allowed allowed, HostLog log, Clock clock) {
    this.real = real;
    this.allowed = allowed;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public String label() {
    return real.label();
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    refuse(label(), allowed, command);
    Instant start = clock.instant();
    try {
      HostResult result = real.run(command, streams, cancellation);
      tell(command, start, result.good() ? "ok" : result.why());
      return result;
    } catch (HostException e) {
      tell(command, start, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  static void refuse(String host, Allowed allowed, HostCommand command) {
    if (!allowed.allows(command)) {
      throw new HostException(
          host,
          "run " + command.programs(),
          "it is not among the commands that Repli may run there",
          HostException.Action.CORRECT_INPUT);
    }
  }

  private void tell(HostCommand command, Instant start, String outcome) {
    if (command.effect() == HostCommand.Effect.ACTS) {
      log.ran(label(), command.shown(), Duration.between(start, clock.instant()), outcome);
    }
  }

  @Override
  public void close() {
    real.close();
  }
}
