package dev.repli.communication.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks enough SMTP to refuse some addresses; notes who gets each mail. */
final class PickyMailServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, Integer> refused;
  private final Thread thread = new Thread(this::serve, "picky-mail-server");

  /** Recipients of each mail that was taken. */
  final List<List<String>> taken = new CopyOnWriteArrayList<>();

  /**
   * @param refused code by address
   */
  PickyMailServer(Map<String, Integer> refused) throws IOException {
    this.refused = refused;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = client.getOutputStream();
    List<String> recipients = new CopyOnWriteArrayList<>();
    say(out, "220 picky");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("RCPT TO:")) {
        String to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        int code = refused.getOrDefault(to, 250);
        if (code == 250) {
          recipients.add(to);
        }
        say(out, code + " " + to);
      } else if (line.equals("DATA")) {
        say(out, "354 go on");
        while (!".".equals(in.readLine())) {
          // the mail itself
        }
        taken.add(List.copyOf(recipients));
        say(out, "250 taken");
      } else {
        say(out, line.startsWith("QUIT") ? "221 bye" : "250 fine");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
