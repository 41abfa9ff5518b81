package dev.repli.inplace;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostResult;
import dev.repli.longwork.WorkWatch;

/**
 * A host for one work: asks right before each change whether the work is still this Repli's, and
 * ends what runs when it is not wanted any more. What has to last is not ended: it is waited for.
 */
record WatchedHost(Host real, WorkWatch watch) implements Host {
  @Override
  public String label() {
    return real.label();
  }

  @Override
  public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
    if (command.effect() == HostCommand.Effect.ACTS) {
      watch.mine();
    }
    Cancellation unwanted = command.lasting() ? new Cancellation() : watch.cancellation();
    HostResult result = real.run(command, streams, unwanted);
    if (result.ending() == HostResult.Ending.CANCELLED) {
      watch.mine();
    }
    return result;
  }

  @Override
  public void close() {
    real.close();
  }
}
