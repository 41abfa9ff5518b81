package dev.repli.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What this machine can do at best: every other figure hangs on it. */
final class MachineProbes {
  private MachineProbes() {}

  static void print(PrintStream out) throws IOException {
    out.printf(
        "Machine: %d cores, Java %s, %s%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.version"));
    out.println("  fsync of 4 KiB          " + fsync());
    out.println("  loopback round trip     " + roundTrip());
  }

  private static Figures fsync() throws IOException {
    Path file = Files.createTempFile("repli-fsync", "");
    List<Long> times = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 300; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(4096), 0);
        channel.force(false);
        times.add(System.nanoTime() - start);
      }
    } finally {
      Files.delete(file);
    }
    return Figures.ofNanos(times);
  }

  private static Figures roundTrip() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket served = server.accept()) {
      client.setTcpNoDelay(true);
      served.setTcpNoDelay(true);
      Thread echo = new Thread(() -> echo(served), "echo");
      echo.setDaemon(true);
      echo.start();
      List<Long> times = new ArrayList<>();
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int i = 0; i < 3000; i++) {
        long start = System.nanoTime();
        out.write(1);
        if (in.read() < 0) {
          throw new IOException("the echo ended");
        }
        times.add(System.nanoTime() - start);
      }
      return Figures.ofNanos(times);
    }
  }

  private static void echo(Socket socket) {
    try {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException closed) {
      // the client is done
    }
  }
}
