package dev.repli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Where a team gets its messages, as a webhook. It tells a message by its key. */
final class TeamInbox implements AutoCloseable {
  private final Map<String, Set<String>> received = new ConcurrentHashMap<>();
  private final AtomicReference<Killer> killer = new AtomicReference<>();
  private final HttpServer server;

  private record Killer(String words, Runnable kill) {}

  TeamInbox() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      received.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(text);
      Killer now = killer.get();
      if (now != null && text.contains(now.words()) && killer.compareAndSet(now, null)) {
        now.kill().run();
      }
      exchange.sendResponseHeaders(202, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/team";
  }

  /** Who sends a message with these words is killed, and gets no answer. */
  void killAt(String words, Runnable kill) {
    killer.set(new Killer(words, kill));
  }

  /** What came under each key. */
  Map<String, Set<String>> received() {
    return received;
  }

  /** The messages that say this; one that came twice is there once. */
  List<String> saying(String words) {
    return received.values().stream()
        .flatMap(Set::stream)
        .filter(text -> text.contains(words))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
