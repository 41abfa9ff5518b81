package dev.repli.delta.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import dev.repli.database.NodeException;
import dev.repli.database.NodeException.Action;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.plan.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one connection, read ahead by a thread of its own and held back when they are not
 * taken.
 */
final class BinlogFeed implements AutoCloseable {
  /** What may wait to be taken; one event more than that when it is itself larger. */
  private static final int MOST_EVENTS = 1024;

  private static final long MOST_BYTES = 16L << 20;
  private static final int LOG_GONE = 1236;

  private final Node node;
  private final BinaryLogClient connection;
  private final Runnable end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition taken = lock.newCondition();
  private ArrayDeque<RawEvent> waiting = new ArrayDeque<>();
  private ArrayDeque<RawEvent> mine = new ArrayDeque<>();
  private long waitingBytes;
  private boolean over;
  private boolean closed;
  private @Nullable Throwable failure;

  BinlogFeed(Node node, ReplicaConnection connection) {
    this(node, connection, connection::end);
  }

  /**
   * @param end of the connection
   */
  BinlogFeed(Node node, BinaryLogClient connection, Runnable end) {
    this.end = end;
    this.node = node;
    this.connection = connection;
    connection.registerEventListener(event -> put(event.getData()));
    connection.registerLifecycleListener(new Failures());
    Thread reader = new Thread(this::run, "binlog-" + node.address());
    reader.setDaemon(true);
    reader.start();
  }

  private void run() {
    try {
      connection.connect();
      end(null);
    } catch (IOException | RuntimeException | Error e) {
      end(e);
    }
  }

  private void put(RawEvent event) {
    lock.lock();
    try {
      while (!closed
          && !waiting.isEmpty()
          && (waiting.size() >= MOST_EVENTS || waitingBytes >= MOST_BYTES)) {
        taken.awaitUninterruptibly();
      }
      waiting.add(event);
      waitingBytes += event.body.length;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable why) {
    lock.lock();
    try {
      over = true;
      failure = failure == null ? why : failure;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server has sent all there was and everything was taken. */
  boolean isOver() {
    lock.lock();
    try {
      return over && failure == null && mine.isEmpty() && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next event; {@code null} when none came within the time, or none will come. */
  @Nullable RawEvent poll(Duration atMost) {
    RawEvent event = mine.poll();
    if (event != null) {
      return event;
    }
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (waiting.isEmpty() && !over && left > 0) {
        left = arrived.awaitNanos(left);
      }
      ArrayDeque<RawEvent> empty = mine;
      mine = waiting;
      waiting = empty;
      waitingBytes = 0;
      taken.signal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e, Action.WAIT_AND_RETRY);
    } finally {
      lock.unlock();
    }
    if (mine.isEmpty() && failure != null) {
      throw translate(failure);
    }
    return mine.poll();
  }

  private RuntimeException translate(Throwable why) {
    if (why instanceof Error) {
      return failure("Repli itself failed: " + why, why, Action.REPORT_BUG);
    }
    if (why instanceof UnreadableDeltaException unreadable) {
      return unreadable;
    }
    if (why instanceof ServerException server && server.getErrorCode() == LOG_GONE) {
      LogGoneException gone =
          new LogGoneException(
              node,
              server.getMessage()
                  + " (the position is not in this server's binary logs: they were purged, or it"
                  + " was never there)");
      gone.initCause(why);
      return gone;
    }
    if (why instanceof AuthenticationException || why instanceof ServerException) {
      return failure(String.valueOf(why.getMessage()), why, Action.CORRECT_INPUT);
    }
    return failure("connection lost: " + why.getMessage(), why, Action.WAIT_AND_RETRY);
  }

  private NodeException failure(String why, Throwable cause, Action action) {
    NodeException failure = new NodeException(node, "reading the binary log", why, action);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      taken.signalAll();
    } finally {
      lock.unlock();
    }
    end.run();
  }

  private final class Failures extends BinaryLogClient.AbstractLifecycleListener {
    @Override
    public void onCommunicationFailure(BinaryLogClient client, Exception why) {
      end(why);
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient client, Exception why) {
      end(why); // the library would go on with the next event
      throw new IllegalStateException(why);
    }
  }
}
