package dev.repli.delta.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection that asks for the binary log. Positions are kept by who reads, not here. */
final class ReplicaConnection extends BinaryLogClient {
  /** The library tells of each connection. */
  private static final Logger LOG = Logger.getLogger(ReplicaConnection.class.getName());

  static {
    LOG.setLevel(Level.WARNING);
  }

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Server ids from here on to twice as many; two connections with one id end each other. */
  private static final int OWN_IDS = 1_000_000_000;

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Nothing at all within it, although the server sends a heartbeat, means that it is gone. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

  ReplicaConnection(Node node, String password, Position from, boolean endless) {
    super(node.address().host(), node.address().port(), node.replication().user(), password);
    setKeepAlive(false);
    setConnectTimeout(CONNECT_LIMIT.toMillis());
    setBlocking(endless);
    setSSLMode(mode(node.tls()));
    setSocketFactory(ReplicaConnection::socket);
    setEventDeserializer(new RawEvents());
    setServerId(OWN_IDS + ThreadLocalRandom.current().nextInt(OWN_IDS));
    if (endless) {
      setHeartbeatInterval(HEARTBEAT.toMillis());
    }
    if (from.kind() == Position.Kind.BINLOG_FILE) {
      FilePlace place = FilePlace.of(from.value());
      setBinlogFilename(place.file());
      setBinlogPosition(place.offset());
    } else {
      setGtidSet(from.value());
    }
  }

  @Override
  protected void updateGtidSet(Event event) {
    // who reads knows better
  }

  private static Socket socket() throws SocketException {
    Socket socket = new Socket();
    socket.setSoTimeout((int) SILENCE_LIMIT.toMillis());
    return socket;
  }

  private static SSLMode mode(Node.Tls tls) {
    return switch (tls) {
      case DISABLED -> SSLMode.DISABLED;
      case TRUST -> SSLMode.REQUIRED;
      case VERIFY_CA -> SSLMode.VERIFY_CA;
      case VERIFY_FULL -> SSLMode.VERIFY_IDENTITY;
    };
  }

  /** Ends the connection; the thread that reads from it ends, too. */
  void end() {
    try {
      disconnect();
    } catch (IOException e) {
      // it is gone already, which is what was wanted
    }
  }
}
