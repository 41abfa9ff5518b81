package dev.repli.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A link to a server that lets one chosen statement through and loses its answer. Reads the bytes
 * as they are, so the protocol on it must not be encrypted.
 */
public final class LossyLink implements AutoCloseable {
  private static final int CHUNK = 65_536;

  /** How an answer gets lost. */
  public enum Loss {
    /** The server has answered; instead of the answer the connection's end arrives. */
    CUT,
    /** The connection's end arrives at both sides as soon as the server has the statement. */
    CUT_AT_ONCE,
    /** Nothing arrives any more, and the server does not learn that its client has gone. */
    SILENCE,
    /** Not even sent: something happens before the server has the statement, which is dropped. */
    BEFORE,
    /** Not lost: the answer arrives when something else has happened. */
    LATE
  }

  private record Fault(String statement, Loss loss, Runnable meanwhile) {}

  private final SocketAddress server;
  private final ServerSocketChannel entrance;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<SocketChannel> open = new ArrayList<>();
  private final AtomicReference<Fault> next = new AtomicReference<>();
  private final AtomicBoolean lost = new AtomicBoolean();

  private LossyLink(SocketAddress server) {
    this.server = server;
    try {
      entrance = ServerSocketChannel.open();
      entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.execute(this::accept);
  }

  public static LossyLink to(int port) {
    return new LossyLink(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** A TCP entrance to a socket in the file system. */
  public static LossyLink to(Path socket) {
    return new LossyLink(UnixDomainSocketAddress.of(socket));
  }

  public int port() {
    return entrance.socket().getLocalPort();
  }

  /** The answer to the next statement that contains this text is lost, once. */
  public void loseAnswerTo(String statement, Loss loss) {
    loseAnswerTo(statement, loss, () -> {});
  }

  /** As above, and something happens between the server's answer and its fate. */
  public void loseAnswerTo(String statement, Loss loss, Runnable meanwhile) {
    lost.set(false);
    next.set(new Fault(statement, loss, meanwhile));
  }

  /** Whether that answer was lost meanwhile; if not, it no longer will be. */
  public boolean hasLost() {
    next.set(null);
    return lost.getAndSet(false);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = keep(entrance.accept());
        SocketChannel node = keep(SocketChannel.open(server));
        Passage passage = new Passage(client, node);
        threads.execute(passage::statements);
        threads.execute(passage::answers);
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private synchronized SocketChannel keep(SocketChannel channel) {
    open.removeIf(old -> !old.isOpen());
    open.add(channel);
    return channel;
  }

  @Override
  public synchronized void close() {
    try {
      entrance.close();
      for (SocketChannel channel : open) {
        channel.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.shutdownNow();
  }

  /** One connection through the link. */
  private final class Passage {
    private final SocketChannel client;
    private final SocketChannel node;
    private final AtomicReference<Loss> losing = new AtomicReference<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

    Passage(SocketChannel client, SocketChannel node) {
      this.client = client;
      this.node = node;
    }

    void statements() {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      try {
        while (client.read(chunk.clear()) >= 0) {
          chunk.flip();
          look(chunk);
          if (losing.get() == Loss.BEFORE) {
            Optional.ofNullable(meanwhile.getAndSet(null)).ifPresent(Runnable::run);
            break;
          }
          forward(chunk, node);
          if (losing.get() == Loss.CUT_AT_ONCE) {
            break;
          }
        }
      } catch (IOException ended) {
        // whichever side it was, both are closed below
      }
      endUnlessSilent();
    }

    private void look(ByteBuffer chunk) {
      Fault fault = next.get();
      if (fault != null
          && StandardCharsets.ISO_8859_1
              .decode(chunk.duplicate())
              .toString()
              .contains(fault.statement)
          && next.compareAndSet(fault, null)) {
        meanwhile.set(fault.meanwhile);
        losing.set(fault.loss);
        lost.set(true);
      }
    }

    void answers() {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      try {
        while (node.read(chunk.clear()) >= 0) {
          Runnable first = meanwhile.getAndSet(null);
          if (first != null) {
            first.run();
          }
          losing.compareAndSet(Loss.LATE, null);
          if (losing.get() == Loss.CUT) {
            break;
          }
          if (losing.get() == null) {
            forward(chunk.flip(), client);
          }
        }
      } catch (IOException ended) {
        // as above
      }
      endUnlessSilent();
    }

    private void forward(ByteBuffer chunk, SocketChannel to) throws IOException {
      while (chunk.hasRemaining()) {
        to.write(chunk);
      }
    }

    /** In the silence neither side learns of the other's end. */
    private void endUnlessSilent() {
      if (losing.get() == Loss.SILENCE) {
        return;
      }
      try (client;
          node) {
        // both sides see the end
      } catch (IOException gone) {
        // it is what was wanted
      }
    }
  }
}
