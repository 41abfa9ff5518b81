package dev.repli.lab;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The same statements and route commands as Repli's switch, and nothing else: no engine, no
 * journal, no dead-man's switch, no look back. What Repli is measured against.
 */
final class BareSwitch {
  private BareSwitch() {}

  /**
   * Moves the writer; all connections are opened before anything is changed.
   *
   * @param oldName name of the old writer's server in HAProxy
   */
  static void move(
      MariaDbServer old, String oldName, MariaDbServer next, String nextName, Path socket)
      throws SQLException, IOException {
    try (Connection o = old.admin();
        Connection n = next.admin();
        Statement onOld = o.createStatement();
        Statement onNew = n.createStatement()) {
      gate(onOld, onNew);
      onOld.execute("SET SESSION lock_wait_timeout=1");
      onOld.execute("SET GLOBAL read_only=1");
      if (wait(onOld, onNew) != 0) {
        throw new IllegalStateException("the new writer did not reach the position");
      }
      onNew.execute("STOP SLAVE");
      onNew.execute("SET GLOBAL read_only=0");
      haproxy(socket, "set server writer/" + nextName + " state ready");
      haproxy(socket, "set server writer/" + oldName + " state maint");
      haproxy(socket, "shutdown sessions server writer/" + oldName);
      onNew.execute("RESET SLAVE ALL");
    }
    old.replicateFrom(next);
  }

  private static void gate(Statement onOld, Statement onNew) throws SQLException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      long start = System.nanoTime();
      if (wait(onOld, onNew) == 0 && System.nanoTime() - start < 3_000_000) {
        return;
      }
    }
    throw new IllegalStateException("the new writer never answered within 3 ms");
  }

  private static int wait(Statement onOld, Statement onNew) throws SQLException {
    String position;
    try (ResultSet row = onOld.executeQuery("SELECT @@gtid_binlog_pos")) {
      row.next();
      position = row.getString(1);
    }
    try (ResultSet row = onNew.executeQuery("SELECT MASTER_GTID_WAIT('" + position + "', 5)")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void haproxy(Path socket, String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(1000);
      while (channel.read(answer) >= 0 && answer.hasRemaining()) {
        // until HAProxy closes: one command per connection
      }
    }
  }
}
