package dev.repli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.HostAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostsTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final List<String> START = List.of("/usr/bin/systemctl", "start", "mariadb");
  private final List<String> ran = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final HostLog log =
      (host, command, took, outcome) -> told.add(host + ": " + command + ": " + outcome);
  private final Hosts hosts = new Hosts(List.of(new FakeAdapter()));
  private final HostAccess local = new HostAccess.Local();

  private final class FakeAdapter implements HostAdapter {
    @Override
    public Class<? extends HostAccess> serves() {
      return HostAccess.Local.class;
    }

    @Override
    public Host connect(HostAccess access) {
      return new Host() {
        @Override
        public String label() {
          return access.label();
        }

        @Override
        public HostResult run(HostCommand command, Streams streams, Cancellation cancellation) {
          ran.add(command.shown());
          return new HostResult(0, "", "", HostResult.Ending.EXITED);
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void letsAllowedProgramsAndCommandsThroughOnly() {
    Allowed allowed = new Allowed(Set.of("/bin/df"), Set.of(START));
    Host host = hosts.connect(local, allowed, log);
    host.run(HostCommand.looks(LIMIT, List.of("/bin/df", "/")));
    host.run(HostCommand.acts(LIMIT, START));
    assertThat(ran).containsExactly("/bin/df /", "/usr/bin/systemctl start mariadb");
    for (List<String> other :
        List.of(
            List.of("/bin/sh", "-c", "id"),
            List.of("/usr/bin/systemctl", "stop", "mariadb"),
            List.of("/bin/bash", "-c", "id", "repli", "x"))) {
      assertThatThrownBy(() -> host.run(HostCommand.acts(LIMIT, other)))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("it is not among the commands that Repli may run there");
    }
    HostCommand pipe =
        HostCommand.looks(LIMIT, List.of("/bin/df")).into(List.of("/usr/bin/tee", "/etc/passwd"));
    assertThatThrownBy(() -> host.run(pipe)).hasMessageContaining("not among the commands");
    assertThat(ran).hasSize(2);
  }

  @Test
  void tellsOfWhatChangesSomethingOnly() {
    Host host = hosts.connect(local, Allowed.FILES.command(START), log);
    host.run(HostCommand.looks(LIMIT, List.of("/bin/df", "/")));
    host.run(HostCommand.acts(LIMIT, START));
    assertThat(told).containsExactly("this machine: /usr/bin/systemctl start mariadb: ok");
  }

  @Test
  void looksButDoesNotActInARehearsal() {
    Host host = hosts.rehearse(local, Allowed.FILES.command(START), log);
    host.run(HostCommand.looks(LIMIT, List.of("/bin/df", "/")));
    assertThat(host.run(HostCommand.acts(LIMIT, START)).good()).isTrue();
    assertThat(ran).containsExactly("/bin/df /");
    assertThat(told)
        .containsExactly("this machine: /usr/bin/systemctl start mariadb: dry run: not run");
    HostCommand forbidden = HostCommand.acts(LIMIT, List.of("/bin/id"));
    assertThatThrownBy(() -> host.run(forbidden)).hasMessageContaining("not among");
  }

  @Test
  void allowsItsOwnScriptThatEndsWorkButNoOther() {
    Host host = hosts.connect(local, Allowed.FILES, log);
    new HostFiles(host).end(Path.of("/tmp/mark"));
    assertThat(ran).hasSize(1);
  }

  @Test
  void refusesTwoAdaptersOfOneKind() {
    List<HostAdapter> two = List.of(new FakeAdapter(), new FakeAdapter());
    assertThatThrownBy(() -> new Hosts(two)).hasMessageContaining("two adapters serve");
  }
}
