package dev.repli.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostContract;
import dev.repli.host.HostException;
import dev.repli.plan.HostAccess;
import dev.repli.plan.secret.EnvironmentSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's own server. */
class SshHostIT extends HostContract {
  @TempDir static Path keys;

  private static @Nullable LabSshd server;
  private static final SshAdapter ADAPTER = new SshAdapter(new EnvironmentSecrets());

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LabSshd.isInstalled(), "no sshd here: scripts/install-test-tools installs it");
    server = LabSshd.start(keys);
  }

  @AfterAll
  static void end() {
    ADAPTER.close();
    if (server != null) {
      server.close();
    }
  }

  private static LabSshd server() {
    return Objects.requireNonNull(server);
  }

  @Override
  protected Host connect() {
    try {
      return ADAPTER.connect(server().access());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refusesAHostThatShowsAnotherKeyThanThePlans() throws IOException {
    LabSshd.key(folder.resolve("other"));
    String other = LabSshd.fingerprint(folder.resolve("other"));
    String real = LabSshd.fingerprint(keys.resolve("host"));
    HostAccess.Ssh access = server().access(other, keys.resolve("user"));
    assertThatThrownBy(() -> ADAPTER.connect(access))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("it shows the key " + real + ", the plan names " + other)
        .hasMessageContaining("somebody else may be answering");
  }

  @Test
  void refusesAKeyThatTheHostDoesNotKnow() throws IOException {
    LabSshd.key(folder.resolve("stranger"));
    HostAccess.Ssh access =
        server().access(LabSshd.fingerprint(keys.resolve("host")), folder.resolve("stranger"));
    assertThatThrownBy(() -> ADAPTER.connect(access))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("log in as " + access.user());
  }

  @Test
  void saysThatAKeyIsNoKeyWithoutShowingIt() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong"), "s3cret");
    HostAccess.Ssh access = server().access(LabSshd.fingerprint(keys.resolve("host")), wrong);
    assertThatThrownBy(() -> ADAPTER.connect(access))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("log in as")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void saysThatNobodyAnswers(@TempDir Path own) throws IOException {
    HostAccess.Ssh gone;
    try (LabSshd shortLived = LabSshd.start(own)) {
      gone = shortLived.access();
    }
    assertThatThrownBy(() -> ADAPTER.connect(gone))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("is its SSH server up");
  }

  @Test
  void showsNoSecretInTheListOfProcesses() {
    try (Host host = connect()) {
      HostCommand lists =
          HostCommand.looks(Duration.ofSeconds(20), List.of("/bin/ps", "-eo", "args"))
              .with(new HostCommand.Secret("s3cret-of-the-list"));
      assertThat(host.run(lists).output()).doesNotContain("s3cret-of-the-list");
    }
  }
}
