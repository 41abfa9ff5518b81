package dev.repli.host;

import java.time.Duration;

/** Looks for real; what would change something is written down and answered as if it had worked. */
final class RehearsedHost implements Host {
  static final String NOT_RUN = "dry run: not run";
  private final Host real;
  private final Allowed allowed;
  private final HostLog log;

  RehearsedHost(Host real, Allowed allowed, HostLog log) {
    this.real = real;
    this.allowed = allowed;
    this.log = log;
  }

  @Override
  public String label() {
    return real.label();
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    if (command.effect() == HostCommand.Effect.LOOKS) {
      return real.run(command, streams, cancellation);
    }
    AllowedHost.refuse(label(), allowed, command);
    log.ran(label(), command.shown(), Duration.ZERO, NOT_RUN);
    return new HostResult(0, "", "", HostResult.Ending.EXITED);
  }

  @Override
  public void close() {
    real.close();
  }
}
