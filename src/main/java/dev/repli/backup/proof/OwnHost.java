package dev.repli.backup.proof;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostResult;
import dev.repli.longwork.WorkWatch;

/**
 * A host for one work: asks right before each change whether the work is still this Repli's. So who
 * has lost it clears nothing away of its successor.
 */
record OwnHost(Host real, WorkWatch watch) implements Host {
  @Override
  public String label() {
    return real.label();
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    if (command.effect() == HostCommand.Effect.ACTS) {
      watch.mine();
    }
    return real.run(command, streams, cancellation);
  }

  @Override
  public void close() {
    real.close();
  }
}
