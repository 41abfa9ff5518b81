package dev.repli.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A link between two servers that can go silent without being cut. */
public final class StallingLink implements AutoCloseable {
  private final ServerSocket entrance;
  private final int to;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private boolean stalled;

  private StallingLink(ServerSocket entrance, int to) {
    this.entrance = entrance;
    this.to = to;
    threads.execute(this::accept);
  }

  public static StallingLink to(int port) {
    try {
      return new StallingLink(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return entrance.getLocalPort();
  }

  public synchronized void stall() {
    stalled = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket from = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        threads.execute(() -> copy(from, server));
        threads.execute(() -> copy(server, from));
      }
    } catch (IOException closed) {
      threads.shutdownNow();
    }
  }

  private void copy(Socket from, Socket there) {
    try (from;
        there) {
      InputStream in = from.getInputStream();
      OutputStream out = there.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitLink();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitLink() throws InterruptedException {
    while (stalled) {
      wait();
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    threads.shutdownNow();
  }
}
