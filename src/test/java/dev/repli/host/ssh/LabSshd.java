package dev.repli.host.ssh;

import dev.repli.plan.Endpoint;
import dev.repli.plan.HostAccess;
import dev.repli.plan.SecretRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** OpenSSH's server on a free port of the loopback address, with keys and settings of its own. */
public final class LabSshd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private final Process process;
  private final int port;
  private final Path folder;

  private LabSshd(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Whoever has the private key in {@code folder/user} may log in as this process's user. */
  public static LabSshd start(Path folder) throws IOException {
    return start(folder, "");
  }

  /**
   * @param more lines of its settings
   */
  public static LabSshd start(Path folder, String more) throws IOException {
    key(folder.resolve("host"));
    key(folder.resolve("user"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("sshd_config"),
            """
            ListenAddress 127.0.0.1
            Port %d
            HostKey %s
            AuthorizedKeysFile %s
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            %s
            """
                .formatted(port, folder.resolve("host"), folder.resolve("user.pub"), more));
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    LabSshd sshd = new LabSshd(process, port, folder);
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> answers(port));
    } catch (ConditionTimeoutException e) {
      sshd.close();
      throw e;
    }
    return sshd;
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    }
  }

  static void key(Path file) throws IOException {
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
  }

  private static String run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(words[0] + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }

  /** As {@code ssh-keygen -l} prints it. */
  public static String fingerprint(Path key) throws IOException {
    return run("ssh-keygen", "-l", "-f", key + ".pub").split(" ", 3)[1];
  }

  /** The part {@code access} of a machine in a plan's file. */
  public String planEntry() throws IOException {
    return "{type: ssh, host: 127.0.0.1, port: %d, user: %s, hostKeys: [\"%s\"], key: \"file:%s\"}"
        .formatted(
            port,
            System.getProperty("user.name"),
            fingerprint(folder.resolve("host")),
            folder.resolve("user"));
  }

  /** How a plan reaches it. */
  public HostAccess.Ssh access() throws IOException {
    return access(fingerprint(folder.resolve("host")), folder.resolve("user"));
  }

  HostAccess.Ssh access(String hostKey, Path key) {
    return new HostAccess.Ssh(
        new Endpoint("127.0.0.1", port),
        System.getProperty("user.name"),
        List.of(hostKey),
        Optional.of(new SecretRef("file:" + key)),
        Optional.empty());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
