package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A stream in a process of its own, which can be killed; it says what it has committed. */
final class StreamChild {
  private static final ImportLimits LIMITS =
      new ImportLimits(20, 200, 1000, Duration.ofMillis(50), 50, Duration.ofMillis(100));

  private StreamChild() {}

  /**
   * What is carried.
   *
   * @param repli Repli's own database
   * @param from the origin, MariaDB
   * @param into the node that gets the rows, MySQL
   * @param after where the origin stood when it became the writer
   */
  record Task(String repli, int from, int into, Position after) {
    ImportRequest request() {
      return new ImportRequest(
          new ImportId("circle"),
          ImportLab.node(Node.Kind.MYSQL, into),
          ImportLab.account(),
          Map.of("app.orders", Policy.EXPORT_IMPORT),
          LIMITS);
    }

    DeltaRange range() {
      return new DeltaRange(after, Optional.empty(), Set.of("app"));
    }
  }

  static RowStream stream(Task task, Secrets secrets) {
    return new RowStream(
        new ImportDelta(
            ImportLab.target(),
            ImportLab.held(task.repli),
            pause -> LockSupport.parkNanos(pause.toNanos())),
        new BinlogDeltaSource(secrets),
        Clock.systemUTC());
  }

  /** Starts it; the passwords are in its environment. */
  static Process start(Task task, Secrets secrets) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StreamChild.class.getName(),
                task.repli,
                Integer.toString(task.from),
                Integer.toString(task.into),
                task.after.value())
            .redirectErrorStream(true);
    for (String name : new String[] {"REPLI", "REPL"}) {
      builder.environment().put(name, secrets.resolve(new SecretRef("env:" + name)));
    }
    return builder.start();
  }

  public static void main(String[] args) {
    Task task =
        new Task(
            args[0],
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            new Position(Position.Kind.MARIADB_GTID, args[3]));
    Secrets secrets =
        reference -> Objects.requireNonNull(System.getenv(reference.value().substring(4)));
    RowStream stream = stream(task, secrets);
    Thread teller = new Thread(() -> tell(stream));
    teller.setDaemon(true);
    teller.start();
    System.out.println(
        "ended " + stream.run(task.request(), RowStreamIT.origin(task), task.range()));
  }

  private static void tell(RowStream stream) {
    long last = 0;
    while (true) {
      long now = stream.state().counts().extracted();
      if (now != last) {
        System.out.println("committed " + now);
        last = now;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
