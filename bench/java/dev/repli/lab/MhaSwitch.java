package dev.repli.lab;

import dev.repli.lab.BareRoute.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * MHA's online switch: {@code masterha_master_switch --master_state=alive}, with {@code
 * bench/mha-route} as the script that MHA calls to refuse writes on the old writer and to lead
 * clients to the new one.
 */
final class MhaSwitch implements SwitchBench.Rival {
  private static final String USER = "mha";
  private static final String PASSWORD = "Mha-bench-1234";
  private static final int LONGEST_S = 60;

  private final Path home;
  private final Path directory;
  private final LabNodes nodes;
  private final Path configuration;

  private MhaSwitch(Path home, Path directory, LabNodes nodes, Path configuration) {
    this.home = home;
    this.directory = directory;
    this.nodes = nodes;
    this.configuration = configuration;
  }

  static MhaSwitch prepare(Path home, Path directory, LabNodes nodes) throws IOException {
    for (MariaDbServer server : List.of(nodes.source(), nodes.target())) {
      server.run(
          true,
          "CREATE USER '%s'@'127.0.0.1' IDENTIFIED BY '%s'".formatted(USER, PASSWORD),
          "GRANT ALL ON *.* TO '%s'@'127.0.0.1'".formatted(USER));
    }
    Path configuration =
        Files.createFile(
            directory.resolve("mha.cnf"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        configuration,
        """
        [server default]
        user=%s
        password=%s
        repl_user=repl
        repl_password=%s
        manager_workdir=%s
        ssh_user=nobody
        master_ip_online_change_script=%s
        [server1]
        hostname=127.0.0.1
        port=%d
        candidate_master=1
        [server2]
        hostname=127.0.0.1
        port=%d
        candidate_master=1
        """
            .formatted(
                USER,
                PASSWORD,
                nodes.source().accounts().replication(),
                directory,
                Path.of("bench/mha-route").toAbsolutePath(),
                nodes.source().port(),
                nodes.target().port()));
    return new MhaSwitch(home, directory, nodes, configuration);
  }

  @Override
  public String name() {
    return "MHA";
  }

  @Override
  public void move(Side old, Side next) throws IOException, InterruptedException {
    Path log = directory.resolve("mha.log");
    ProcessBuilder command =
        new ProcessBuilder(
            home.resolve("usr/bin/masterha_master_switch").toString(),
            "--master_state=alive",
            "--conf=" + configuration,
            "--global_conf=" + directory.resolve("none.cnf"),
            "--new_master_host=127.0.0.1",
            "--new_master_port=" + next.server().port(),
            "--orig_master_is_new_slave",
            "--interactive=0");
    command.environment().put("PERL5LIB", home.resolve("usr/share/perl5").toString());
    command.environment().put("BENCH_HAPROXY_SOCKET", directory.resolve("haproxy.sock").toString());
    command.environment().put("BENCH_SOURCE_PORT", Integer.toString(nodes.source().port()));
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != 0) {
      throw new IOException("MHA ended with " + process.exitValue() + ": " + lastLines(log));
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
  }
}
