package dev.repli.host.ssh;

import dev.repli.host.Hosts;
import dev.repli.plan.secret.EnvironmentSecrets;
import java.util.List;

/** Machines over SSH only, for tests of other packages. */
public final class SshHosts implements AutoCloseable {
  private final SshAdapter adapter = new SshAdapter(new EnvironmentSecrets());

  public Hosts only() {
    return new Hosts(List.of(adapter));
  }

  @Override
  public void close() {
    adapter.close();
  }
}
