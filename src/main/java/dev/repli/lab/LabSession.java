package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * One forwarded connection: two sockets and a thread for each direction. What the client sends can
 * be held up, as on a slow link.
 */
final class LabSession {
  private static final int CONNECT_MILLIS = 2_000;

  private final Socket client;
  private final Socket server;
  private final Node.Role node;
  private final Set<LabSession> open;
  private final Function<Node.Role, Duration> delays;

  private LabSession(
      Socket client,
      Socket server,
      Node.Role node,
      Set<LabSession> open,
      Function<Node.Role, Duration> delays) {
    this.client = client;
    this.server = server;
    this.node = node;
    this.open = open;
    this.delays = delays;
  }

  /**
   * Connects to the node and starts to forward.
   *
   * @param open the session is in it while it lives
   * @param delays how long each piece of what clients send to a node is held up now
   */
  static LabSession open(
      Socket client,
      Node.Role node,
      Endpoint at,
      Set<LabSession> open,
      Function<Node.Role, Duration> delays)
      throws IOException {
    Socket server = new Socket();
    try {
      server.connect(new InetSocketAddress(at.host(), at.port()), CONNECT_MILLIS);
      // small packets of a database protocol must not wait for each other
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      closeQuietly(server);
      throw e;
    }
    LabSession session = new LabSession(client, server, node, open, delays);
    open.add(session);
    session.forward(() -> session.copySlowly(client, server));
    session.forward(() -> session.copy(server, client));
    return session;
  }

  Node.Role node() {
    return node;
  }

  private void forward(Runnable direction) {
    Thread copying = new Thread(direction, "lab-session");
    copying.setDaemon(true);
    copying.start();
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // one side is gone; the other is closed below
    } finally {
      close();
    }
  }

  private void copySlowly(Socket from, Socket to) {
    byte[] piece = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        Duration delay = delays.apply(node);
        if (!delay.isZero()) {
          Show.pause(delay);
        }
        out.write(piece, 0, length);
      }
    } catch (IOException e) {
      // as above
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  void close() {
    open.remove(this);
    closeQuietly(client);
    closeQuietly(server);
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
