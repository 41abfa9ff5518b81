package dev.repli.route.haproxy;

import static org.awaitility.Awaitility.await;

import dev.repli.plan.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A HAProxy process of the machine's package, with a TCP backend {@code writer} and one {@code
 * reader}, where all reads go to the source.
 */
public final class Haproxy implements AutoCloseable {
  private final Process process;
  private final int port;
  private final int readPort;
  private final int apiPort;
  private final Path socket;

  private Haproxy(Process process, int port, int readPort, int apiPort, Path socket) {
    this.process = process;
    this.port = port;
    this.readPort = readPort;
    this.apiPort = apiPort;
    this.socket = socket;
  }

  /** Where the package puts it. */
  public static Optional<Path> program() {
    return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static Haproxy start(Path folder, Endpoint source, Endpoint target, String more) {
    Path socket = folder.resolve("admin.sock");
    int port = freePort();
    int apiPort = freePort();
    int readPort = freePort();
    String text =
        """
        global
          stats socket %s mode 600 level admin
          stats socket %s.user mode 600 level user
          stats socket ipv4@127.0.0.1:%d level admin
          stats timeout 1s
        defaults
          mode tcp
          timeout connect 1s
          timeout queue 20s
          timeout client 60s
          timeout server 60s
        listen writer
          bind 127.0.0.1:%d
          default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
          server db1 %s
          server db2 %s disabled
        %s
        listen reader
          bind 127.0.0.1:%d
          default-server check inter 500ms fall 2 rise 1
          server db1 %s weight 1
          server db2 %s weight 0
        """
            .formatted(
                socket, socket, apiPort, port, source, target, more, readPort, source, target);
    try {
      Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
      Process process =
          new ProcessBuilder(program().orElseThrow().toString(), "-db", "-f", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("haproxy.log").toFile())
              .start();
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(socket));
      return new Haproxy(process, port, readPort, apiPort, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where applications write. */
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port);
  }

  /** Where reads come in. */
  public Endpoint readEndpoint() {
    return new Endpoint("127.0.0.1", readPort);
  }

  public String unixApi() {
    return "unix:" + socket;
  }

  /** Its runtime API. */
  public Path socket() {
    return socket;
  }

  /** What its runtime API answers, asked by somebody else than Repli. */
  public String ask(String command) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String unixApiOfAUser() {
    return "unix:" + socket + ".user";
  }

  String tcpApi() {
    return "127.0.0.1:" + apiPort;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
