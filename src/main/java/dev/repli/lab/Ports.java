package dev.repli.lab;

import dev.repli.plan.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** TCP ports on the loopback address. */
final class Ports {
  private Ports() {}

  /** A port that nobody listens on now. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The wished port if nobody listens on it, else another one. */
  static int freeNear(int wished) throws IOException {
    try (ServerSocket socket = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return free();
    }
  }

  /** Waits until somebody accepts connections; false when time is up or it died before. */
  static boolean answers(Endpoint at, Duration atMost, BooleanSupplier alive) {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end && alive.getAsBoolean()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(at.host(), at.port()), 500);
        return true;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    return false;
  }
}
