package dev.repli.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Sends exactly the given bytes, also those that no decent client would send. */
final class RawHttp {
  /** In bytes: what Tomcat reads of a head before it refuses and closes, unread rest or not. */
  private static final int LARGEST_HEAD = 8192;

  private final int port;
  private final String user;

  RawHttp(int port, String user) {
    this.port = port;
    this.user = user;
  }

  /** An answer as it came, but for chunks. */
  record Answer(int status, String headers, String body) {
    boolean isProblem() {
      return headers.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json");
    }

    String header(String name) {
      return headers
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], 0, headers);
  }

  Answer post(String path, String json, String... headers) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), "application/json", headers);
  }

  Answer post(String path, byte[] body, String contentType, String... headers) {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type: " + contentType;
    return send("POST", path, body, body.length, all);
  }

  /** Announces another length than it sends; then says that nothing more will come. */
  Answer send(String method, String path, byte[] body, long announced, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    if (!user.isEmpty()) {
      String pair = user + ":" + WebTestApplication.PASSWORD;
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      head.append("Authorization: Basic ").append(encoded).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (announced > 0) {
      head.append("Content-Length: ").append(announced).append("\r\n");
    }
    head.append("\r\n");
    return exchange(head.toString().getBytes(StandardCharsets.UTF_8), body);
  }

  Answer exchange(byte[] head, byte[] body) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(120_000);
      OutputStream out = socket.getOutputStream();
      try {
        // in one piece: a server that refuses by the head alone may close before a second one
        out.write(joined(head, body));
      } catch (IOException e) {
        // the server refused before it had read everything; its answer is there nevertheless
        assertRefusedEarly(head, body);
      }
      sayThatNothingFollows(socket);
      return parse(read(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] joined(byte[] head, byte[] body) {
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static void sayThatNothingFollows(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // closed by the server already, after its answer: without one, parsing fails
    }
  }

  private static void assertRefusedEarly(byte[] head, byte[] body) {
    if (head.length <= LARGEST_HEAD && body.length <= WriteRequests.LARGEST_BODY) {
      throw new AssertionError("the server closed the connection within a small request");
    }
  }

  private static byte[] read(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(buffer); n >= 0; ) {
        all.write(buffer, 0, n);
        n = socket.getInputStream().read(buffer);
      }
    } catch (java.net.SocketException e) {
      // reset after the answer, because we had more to send than it wanted to read
      if (all.size() == 0) {
        throw e;
      }
    }
    return all.toByteArray();
  }

  private static Answer parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no HTTP answer, but: " + text);
    }
    int status = Integer.parseInt(text.substring(9, 12));
    Answer answer = new Answer(status, text.substring(0, end), text.substring(end + 4));
    return answer.header("Transfer-Encoding").equals("chunked")
        ? new Answer(status, answer.headers(), joined(bytes, bodyStart(bytes)))
        : answer;
  }

  private static int bodyStart(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
  }

  /** Sizes of chunks are bytes, not characters. */
  private static String joined(byte[] bytes, int start) {
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int at = start; at < raw.length(); ) {
      int line = raw.indexOf("\r\n", at);
      int size = Integer.parseInt(raw.substring(at, line), 16);
      body.write(bytes, line + 2, size);
      at = size == 0 ? raw.length() : line + 2 + size + 2;
    }
    return body.toString(StandardCharsets.UTF_8);
  }
}
