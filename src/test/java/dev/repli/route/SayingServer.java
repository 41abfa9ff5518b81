package dev.repli.route;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A TCP server on loopback that tells each client which node it is, and then keeps it until the
 * client leaves, like a database server.
 */
public final class SayingServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

  private SayingServer(ServerSocket listener) {
    this.listener = listener;
  }

  public static SayingServer start(Node.Role node) {
    try {
      SayingServer server =
          new SayingServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread thread = new Thread(() -> server.serve(node), "saying-" + node);
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Node.Role node) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread thread = new Thread(() -> talk(client, node), "saying-to-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // closed, or a health check that is gone already
      }
    }
  }

  private static void talk(Socket client, Node.Role node) {
    try (client) {
      client.getOutputStream().write(node == Node.Role.SOURCE ? 'S' : 'T');
      while (client.getInputStream().read() >= 0) {
        // whatever it says
      }
    } catch (IOException e) {
      // a health check that is gone already, or a cut
    }
  }

  public Endpoint address() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client of such servers, through whatever stands between. */
  public static final class Caller implements RouteContract.Client, AutoCloseable {
    private final Socket socket;

    private Caller(Socket socket) {
      this.socket = socket;
    }

    public static Caller call(Endpoint at) {
      try {
        Socket socket = new Socket(at.host(), at.port());
        socket.setSoTimeout(5_000);
        return new Caller(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What the server said. */
    public Node.Role hear() {
      try {
        int said = socket.getInputStream().read();
        if (said < 0) {
          throw new IOException("closed without a word");
        }
        return said == 'S' ? Node.Role.SOURCE : Node.Role.TARGET;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isConnected() {
      try {
        socket.setSoTimeout(50);
        return socket.getInputStream().read() >= 0;
      } catch (SocketTimeoutException e) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
