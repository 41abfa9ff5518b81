package dev.repli.route.haproxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection to HAProxy's runtime API, kept open in interactive mode: by default HAProxy closes
 * after one answer, and a switch must not have to connect again. Every call is bounded.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String UNIX = "unix:";
  private static final String PROMPT = "\n> ";
  private static final int LONGEST_ANSWER = 4_000_000;

  private final SocketChannel channel;
  private final Selector selector;
  private final Duration atMost;

  private RuntimeApi(SocketChannel channel, Selector selector, Duration atMost) {
    this.channel = channel;
    this.selector = selector;
    this.atMost = atMost;
  }

  /**
   * @param address {@code unix:/path} or {@code host:port}
   * @param atMost bound on the connect and on each answer
   */
  static RuntimeApi open(String address, Duration atMost) throws IOException {
    SocketAddress to = parse(address);
    SocketChannel channel =
        to instanceof UnixDomainSocketAddress
            ? SocketChannel.open(to)
            : SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
    Selector selector = Selector.open();
    RuntimeApi api = new RuntimeApi(channel, selector, atMost);
    try {
      api.greet(to);
      return api;
    } catch (IOException | RuntimeException e) {
      api.close();
      throw e;
    }
  }

  private static SocketAddress parse(String address) throws IOException {
    if (address.startsWith(UNIX)) {
      return UnixDomainSocketAddress.of(address.substring(UNIX.length()));
    }
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IOException("'" + address + "' is neither unix:/path nor host:port");
    }
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private void greet(SocketAddress to) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT);
    if (!channel.isConnected()) {
      channel.connect(to);
      long end = System.nanoTime() + atMost.toNanos();
      while (!channel.finishConnect()) {
        await(SelectionKey.OP_CONNECT, end);
      }
    }
    ask("prompt");
    // the session would otherwise end after `stats timeout`, 10 s by default
    ask("set timeout cli 86400s");
  }

  /** The answer without the prompt and surrounding blanks; empty is HAProxy's "ok". */
  String ask(String command) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    ByteBuffer out = StandardCharsets.UTF_8.encode(command + "\n");
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        await(SelectionKey.OP_WRITE, end);
      }
    }
    return read(end);
  }

  private String read(long end) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(16_384);
    StringBuilder answer = new StringBuilder();
    while (!endsWithPrompt(answer)) {
      int count = channel.read(in.clear());
      if (count < 0) {
        throw new EOFException("HAProxy closed the connection");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, end);
      }
      answer.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
      if (answer.length() > LONGEST_ANSWER) {
        throw new IOException("the answer is longer than " + LONGEST_ANSWER + " characters");
      }
    }
    return answer.substring(0, answer.length() - PROMPT.length()).strip();
  }

  private static boolean endsWithPrompt(StringBuilder answer) {
    int start = answer.length() - PROMPT.length();
    return start >= 0 && answer.indexOf(PROMPT, start) == start;
  }

  private void await(int operation, long end) throws IOException {
    long millis = (end - System.nanoTime()) / 1_000_000 + 1;
    channel.keyFor(selector).interestOps(operation);
    if (millis <= 0 || (selector.select(millis) == 0 && System.nanoTime() >= end)) {
      throw new SocketTimeoutException("no answer within " + atMost.toMillis() + " ms");
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() {
    try (selector;
        channel) {
      // closed by leaving
    } catch (IOException e) {
      // nothing is lost: HAProxy ends the session by itself
    }
  }
}
