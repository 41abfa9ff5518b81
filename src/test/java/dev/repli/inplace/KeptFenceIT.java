package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.backup.BackupTools;
import dev.repli.engine.OnePlan;
import dev.repli.host.Host;
import dev.repli.host.HostFiles;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.host.ssh.LabSshd;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.secret.EnvironmentSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Against OpenSSH's own server. */
class KeptFenceIT {
  @TempDir Path folder;

  @Test
  void keepsTheFenceOnTheServersOwnMachineOverSsh() throws Exception {
    assumeTrue(LabSshd.isInstalled(), "no sshd here: scripts/install-test-tools installs it");
    Path file = Files.createDirectories(folder.resolve("conf.d")).resolve("fence.cnf");
    try (LabSshd sshd = LabSshd.start(Files.createDirectories(folder.resolve("keys")));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.register(EnvironmentSecrets.class);
      context.scan("dev.repli.host");
      context.refresh();
      Machine machine = machine(sshd);
      try (Host host =
          context
              .getBean(Hosts.class)
              .connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE)) {
        KeptFence fence = new KeptFence(node(machine, file), new HostFiles(host));

        fence.keepThere(true);
        fence.keepThere(true);
        assertThat(file).content().contains("[mariadbd]\nread_only=ON\n");
        assertThat(Files.getPosixFilePermissions(file)).as("the server reads it").hasSize(4);

        fence.keepThere(false);
        assertThat(file).content().startsWith("#").doesNotContain("read_only");
      }
    }
  }

  private Machine machine(LabSshd sshd) throws Exception {
    return new Machine(
        sshd.access(),
        folder.resolve("data"),
        "mysql:mysql",
        Path.of("/usr/sbin/mariadbd"),
        List.of("/bin/true"),
        List.of("/bin/true"),
        Optional.of(new Machine.Backups(folder.resolve("backups"), folder)),
        Optional.of(new Machine.Previous("10.11", folder.resolve("tools"), List.of("/bin/true"))));
  }

  private static InPlaceNode node(Machine machine, Path fenceFile) {
    Node like = OnePlan.plan(Duration.ofSeconds(10), "a".repeat(64)).target();
    Node node =
        new Node(
            like.role(),
            like.kind(),
            like.address(),
            like.account(),
            like.replication(),
            like.tls(),
            Optional.of(fenceFile),
            like.environment(),
            Optional.of(machine));
    return new InPlaceNode(node, machine, machine.previous().orElseThrow());
  }
}
