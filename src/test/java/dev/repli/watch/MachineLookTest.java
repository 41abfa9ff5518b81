package dev.repli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.FakeDatabase;
import dev.repli.database.FakeNode;
import dev.repli.database.NodeSession;
import dev.repli.database.VirtualTime;
import dev.repli.host.local.LocalHosts;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.rollback.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine, with a log that a test has written. */
class MachineLookTest {
  private static final String SINCE = "2026-03-01 09:45:00";
  @TempDir Path data;
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());
  private final FakeNode node = database.source();

  private List<Finding> look() {
    Machine machine =
        new Machine(
            new HostAccess.Local(),
            data,
            "mysql:mysql",
            Path.of("/usr/sbin/mariadbd"),
            List.of("/bin/stop"),
            List.of("/bin/start"),
            Optional.empty(),
            Optional.empty());
    try (NodeSession session = database.connect(node.node(), Duration.ofMinutes(1), ActLog.NONE)) {
      return new MachineLook(LocalHosts::only).look(session, machine);
    }
  }

  private String found(String what) {
    return look().stream()
        .filter(any -> any.what().equals(what))
        .map(Finding::found)
        .findFirst()
        .orElseThrow();
  }

  private void logs(String file, String... lines) throws IOException {
    Files.write(data.resolve("server.err"), List.of(lines));
    node.answer(MachineLook.LOG.formatted("'SYSTEM'"), SINCE + " " + data + "/\n" + file);
  }

  @Test
  void readsDiskMemoryAndLoad() throws IOException {
    logs("server.err");

    assertThat(found(ServerLook.DISK)).matches("[0-9]+ MB of [0-9]+ MB free \\([0-9]+ %\\)");
    assertThat(found("memory and load"))
        .matches("MemTotal: [0-9]+ kB, MemAvailable: [0-9]+ kB; load [0-9.]+ .*");
  }

  @Test
  void countsTheErrorsOfTheLastQuarterOfAnHour() throws IOException {
    logs(
        "server.err",
        "2026-03-01  9:44:59 0 [ERROR] too old",
        "2026-03-01  9:45:00 0 [ERROR] InnoDB: one",
        "2026-03-01 10:00:00 0 [Warning] Aborted connection",
        "2026-03-01 10:00:01 5 [ERROR] mariadbd: Table './shop/orders' is marked as crashed",
        "stack trace follows");

    assertThat(found(ServerLook.LOG))
        .isEqualTo(
            "2 errors in the last 15 min, the newest: 2026-03-01 10:00:01 5 [ERROR] mariadbd:"
                + " Table './shop/orders' is marked as crashed");
  }

  @Test
  void readsTheTimesOfMySqlToo() throws IOException {
    logs(
        data.resolve("server.err").toString(),
        "2026-03-01T09:44:59.999999Z 0 [ERROR] [MY-1] [Server] old",
        "2026-03-01T09:45:00.000001Z 0 [ERROR] [MY-2] [Server] new");

    assertThat(found(ServerLook.LOG)).startsWith("1 errors").endsWith("[MY-2] [Server] new");
  }

  @Test
  void saysWhyItHasNotLookedAtALog() throws IOException {
    assertThat(found(ServerLook.LOG))
        .isEqualTo("not looked at: the server does not say where it is");
    logs("stderr");
    assertThat(found(ServerLook.LOG)).startsWith("not looked at: the server writes it to no file");
    logs("gone.err");
    assertThat(found(ServerLook.LOG)).startsWith("not looked at: ").contains("gone.err");
    assertThat(found(ServerLook.DISK)).contains("free");
  }
}
