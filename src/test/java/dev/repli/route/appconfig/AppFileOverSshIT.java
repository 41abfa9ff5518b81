package dev.repli.route.appconfig;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.host.Hosts;
import dev.repli.host.ssh.LabSshd;
import dev.repli.host.ssh.SshHosts;
import dev.repli.plan.HostAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's own server. */
class AppFileOverSshIT extends AppFileContract {
  @TempDir static Path keys;

  private static @Nullable LabSshd server;
  private static final SshHosts HOSTS = new SshHosts();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LabSshd.isInstalled(), "no sshd here: scripts/install-test-tools installs it");
    server = LabSshd.start(keys);
  }

  @AfterAll
  static void end() {
    HOSTS.close();
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Hosts hosts() {
    return HOSTS.only();
  }

  @Override
  protected HostAccess access() {
    try {
      return Objects.requireNonNull(server).access();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
