package dev.repli.backup;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostException;
import dev.repli.host.HostResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server of the previous release on restored data, for questions only. */
final class ScratchServer implements AutoCloseable {
  static final String SOCKET = "s.sock";
  private static final long START_SECONDS = 600;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private final Host host;
  private final BackupTools tools;
  private final Path data;
  private final Cancellation own = new Cancellation();
  private final Cancellation.Watch outer;
  private final CompletableFuture<HostResult> running;

  /**
   * @param second session of the same host, closed with this
   */
  ScratchServer(
      Host host, Host second, BackupTools tools, Path data, String user, Cancellation cancel) {
    this.host = host;
    this.tools = tools;
    this.data = data;
    this.outer = cancel.watch(own::request);
    this.running =
        CompletableFuture.supplyAsync(
            () -> {
              try (second) {
                return second.run(
                    tools.serve(data, SOCKET, user).marked(mark(data)), Host.Streams.KEPT, own);
              }
            },
            task -> {
              Thread thread = new Thread(task, "scratch-server");
              thread.setDaemon(true);
              thread.start();
            });
  }

  static Path mark(Path data) {
    return data.resolveSibling(data.getFileName() + ".mark");
  }

  /**
   * @throws BackupException when it ends instead
   * @throws HostException when somebody ended it, or it takes too long: the backup may be good
   */
  void awaitStart() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (running.isDone()) {
        throw ended();
      }
      if (System.nanoTime() > end) {
        throw notStarted("it gave no answer for " + START_SECONDS + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private RuntimeException ended() {
    HostResult result;
    try {
      result = running.join();
    } catch (CompletionException e) {
      return notStarted(String.valueOf(e.getCause()));
    }
    return result.cutShort()
        ? notStarted(result.why())
        : new BackupException(
            "a server does not start on the restored data; see " + data.resolve("scratch.err"));
  }

  private HostException notStarted(String why) {
    return new HostException(
        host.label(),
        "start a server on the restored data",
        why + "; that says nothing of the backup, see " + data.resolve("scratch.err"),
        HostException.Action.REPAIR_TARGET);
  }

  private boolean answers() {
    return host.run(tools.ask(data, SOCKET, "SELECT 1")).good();
  }

  /** Counted and checksummed, those of the server itself left out. */
  Map<String, Table> tables() {
    Map<String, Table> tables = new TreeMap<>();
    String names =
        ask(
            "SELECT CONCAT(table_schema, '.', table_name), CONCAT('`', REPLACE(table_schema, '`',"
                + " '``'), '`.`', REPLACE(table_name, '`', '``'), '`') FROM"
                + " information_schema.tables WHERE table_type IN ('BASE TABLE', 'SYSTEM"
                + " VERSIONED') AND table_schema NOT IN ('mysql', 'sys', 'information_schema',"
                + " 'performance_schema') ORDER BY 1");
    for (String line : names.lines().toList()) {
      String[] words = line.split("\t", 2);
      long rows = Long.parseLong(ask("SELECT COUNT(*) FROM " + words[1]).strip());
      String[] sum = ask("CHECKSUM TABLE " + words[1]).strip().split("\t", -1);
      tables.put(words[0], new Table(rows, sum[sum.length - 1]));
    }
    return tables;
  }

  private String ask(String sql) {
    HostResult answer = host.run(tools.ask(data, SOCKET, sql), Host.Streams.KEPT, own);
    if (!answer.good()) {
      throw new HostException(
          host.label(), "ask the scratch server", answer.why(), HostException.Action.REPAIR_TARGET);
    }
    return answer.output();
  }

  @Override
  public void close() {
    outer.over();
    own.request();
    try {
      running.join();
    } catch (RuntimeException e) {
      // its connection was lost; the mark ends it before the directory is used again
    }
  }
}
