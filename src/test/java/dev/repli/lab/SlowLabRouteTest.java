package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowLabRouteTest {
  private static final Duration DELAY = Duration.ofMillis(300);
  private final ServerSocket source = echo();
  private final ServerSocket target = echo();
  private final LabRoute route = LabRoute.start("lab", 0, at(source), at(target), Node.Role.TARGET);

  @AfterEach
  void stop() throws IOException {
    route.close();
    source.close();
    target.close();
  }

  @Test
  void holdsUpWhatIsSentToTheSlowNodeAlsoOnAnEstablishedConnection() throws IOException {
    try (Socket client = call()) {
      assertThat(answered(client)).isPositive();

      route.slowDown(Node.Role.TARGET, DELAY);

      assertThat(answered(client)).isGreaterThanOrEqualTo(DELAY);
    }
  }

  @Test
  void doesNotHoldUpTheOtherNode() throws IOException {
    route.slowDown(Node.Role.TARGET, Duration.ofHours(1));
    route.routeTo(Node.Role.SOURCE);

    try (Socket client = call()) {
      assertThat(answered(client)).isLessThan(Duration.ofHours(1));
    }
  }

  private Socket call() throws IOException {
    Endpoint at = route.endpoint();
    Socket client = new Socket(at.host(), at.port());
    client.setSoTimeout(20_000);
    return client;
  }

  private static Duration answered(Socket client) throws IOException {
    long begun = System.nanoTime();
    client.getOutputStream().write('x');
    assertThat(client.getInputStream().read()).isEqualTo('x');
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static Endpoint at(ServerSocket server) {
    return new Endpoint("127.0.0.1", server.getLocalPort());
  }

  private static ServerSocket echo() {
    try {
      ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> serve(server), "echo");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("no free port on loopback", e);
    }
  }

  private static void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException e) {
        // closed, or the client is gone
      }
    }
  }
}
