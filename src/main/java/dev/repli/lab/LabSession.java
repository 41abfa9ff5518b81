package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;

/** One forwarded connection: two sockets and a thread for each direction. */
final class LabSession {
  private static final int CONNECT_MILLIS = 2_000;

  private final Socket client;
  private final Socket server;
  private final Node.Role node;
  private final Set<LabSession> open;

  private LabSession(Socket client, Socket server, Node.Role node, Set<LabSession> open) {
    this.client = client;
    this.server = server;
    this.node = node;
    this.open = open;
  }

  /** Connects to the node and starts to forward; the session is in {@code open} while it lives. */
  static LabSession open(Socket client, Node.Role node, Endpoint at, Set<LabSession> open)
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
    LabSession session = new LabSession(client, server, node, open);
    open.add(session);
    session.forward(client, server);
    session.forward(server, client);
    return session;
  }

  Node.Role node() {
    return node;
  }

  private void forward(Socket from, Socket to) {
    Thread copying = new Thread(() -> copy(from, to), "lab-session");
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
