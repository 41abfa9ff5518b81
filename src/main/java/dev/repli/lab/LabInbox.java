package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the demo's messages arrive: says each in one line, with the audience it was written for.
 */
final class LabInbox implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ACCEPTED = 202;

  private final HttpServer server;
  private final PrintStream out;
  private final AtomicInteger received = new AtomicInteger();

  private LabInbox(HttpServer server, PrintStream out) {
    this.server = server;
    this.out = out;
  }

  static LabInbox start(PrintStream out) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LabInbox inbox = new LabInbox(server, out);
    server.createContext("/", inbox::take);
    server.start();
    return inbox;
  }

  /** Where a channel for this audience posts. */
  URI address(String audience) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + audience);
  }

  int received() {
    return received.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody());
      received.incrementAndGet();
      out.println(
          "  message to %s: %s | %s"
              .formatted(
                  exchange.getRequestURI().getPath().substring(1),
                  message.path("subject").asText(),
                  firstLine(message.path("text").asText())));
      exchange.sendResponseHeaders(ACCEPTED, -1);
    }
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
