package dev.repli.lab;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lab route, not a proxy for production: a small TCP forwarder inside this program, on loopback.
 * New connections go to the writer of the moment; established ones stay where they are until they
 * are ended. It keeps nothing over a restart.
 */
public final class LabRoute implements AutoCloseable {
  private final String name;
  private final Endpoint source;
  private final Endpoint target;
  private final ServerSocket listener;
  private final Set<LabSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<Node.Role, Duration> delays = new ConcurrentHashMap<>();
  private volatile Node.Role writer;

  private LabRoute(
      String name, ServerSocket listener, Endpoint source, Endpoint target, Node.Role writer) {
    this.name = name;
    this.listener = listener;
    this.source = source;
    this.target = target;
    this.writer = writer;
  }

  /**
   * Starts to forward.
   *
   * @param name of the route in the plan
   * @param port on loopback, 0 for any free one
   */
  public static LabRoute start(
      String name, int port, Endpoint source, Endpoint target, Node.Role writer) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      LabRoute route = new LabRoute(name, listener, source, target, writer);
      Thread accepting = new Thread(route::accept, "lab-route-" + name);
      accepting.setDaemon(true);
      accepting.start();
      return route;
    } catch (IOException e) {
      throw new UncheckedIOException("lab route " + name + " cannot listen on port " + port, e);
    }
  }

  public String name() {
    return name;
  }

  /** Where clients connect. */
  public Endpoint endpoint() {
    return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  public Node.Role writer() {
    return writer;
  }

  /** From now on new connections go there. */
  public void routeTo(Node.Role node) {
    writer = node;
  }

  /** From now on each piece of what clients send to the node is held up so long; zero ends it. */
  public void slowDown(Node.Role node, Duration delay) {
    delays.put(node, delay);
  }

  /** Connections on a node now. */
  public int sessions(Node.Role node) {
    return (int) sessions.stream().filter(session -> session.node() == node).count();
  }

  /** Cuts the connections on a node; returns how many there were. */
  public int endSessions(Node.Role node) {
    List<LabSession> there = sessions.stream().filter(session -> session.node() == node).toList();
    there.forEach(LabSession::close);
    return there.size();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread connecting = new Thread(() -> connect(client), "lab-route-" + name + "-connect");
        connecting.setDaemon(true);
        connecting.start();
      } catch (IOException e) {
        // closed, or a client that went away before it was served
      }
    }
  }

  private void connect(Socket client) {
    Node.Role node = writer;
    try {
      LabSession session =
          LabSession.open(
              client,
              node,
              node == Node.Role.SOURCE ? source : target,
              sessions,
              at -> delays.getOrDefault(at, Duration.ZERO));
      if (writer != node || listener.isClosed()) {
        // the writer moved while this connection was made, perhaps after its node was emptied
        session.close();
      }
    } catch (IOException e) {
      LabSession.closeQuietly(client);
    }
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("lab route " + name + " does not stop listening", e);
    }
    endSessions(Node.Role.SOURCE);
    endSessions(Node.Role.TARGET);
  }
}
