package dev.repli.delta.imports.jdbc;

import dev.repli.database.Position;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.Place;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.delta.imports.FileFeed;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Extracts what is not extracted yet and imports what is not imported yet, as a process too. */
public final class CarriedDelta {
  static final ImportId ID = new ImportId("carried");
  private static final ImportLimits LIMITS =
      new ImportLimits(20, 200, 1000, Duration.ZERO, 50, Duration.ofMillis(20));

  private CarriedDelta() {}

  /**
   * What to carry.
   *
   * @param repli Repli's own database
   * @param into port of the node that gets it
   */
  record Task(String repli, Node from, int into, Position after, Position to, Path file) {}

  static ImportResult run(Task task, Secrets secrets, ImportObserver observer) {
    ImportRequest request =
        new ImportRequest(
            ID,
            ImportLab.node(Node.Kind.MARIADB, task.into),
            ImportLab.account(),
            Map.of("app.every", Policy.EXPORT_IMPORT, "app.things", Policy.EXPORT_IMPORT),
            LIMITS);
    return run(task, request, ImportLab.held(task.repli), secrets, observer);
  }

  static ImportResult run(
      Task task,
      ImportRequest request,
      HeldChanges held,
      Secrets secrets,
      ImportObserver observer) {
    BinlogDeltaSource source = new BinlogDeltaSource(secrets);
    LocalDeltaFiles files = new LocalDeltaFiles();
    DeltaServer server = source.server(task.from);
    DeltaOrigin origin =
        new DeltaOrigin(
            "carried",
            "lab",
            "target",
            server.id(),
            server.uuid(),
            server.version(),
            new Place(task.after, "", 0),
            Set.of("app"),
            true);
    if (!Files.exists(task.file)) {
      new ExtractDelta(source, files)
          .extract(task.from, origin, task.to, task.file, (reached, counts) -> true);
    }
    return new ImportDelta(
            ImportLab.target(), held, pause -> LockSupport.parkNanos(pause.toNanos()))
        .run(request, new FileFeed(files, List.of(task.file)), observer);
  }

  /** Starts it; the passwords are in its environment. */
  static Process start(Task task, Secrets secrets) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CarriedDelta.class.getName(),
                task.repli,
                Integer.toString(task.from.address().port()),
                Integer.toString(task.into),
                task.after.value(),
                task.to.value(),
                task.file.toString())
            .redirectErrorStream(true);
    for (String name : List.of("REPLI", "REPL")) {
      builder.environment().put(name, secrets.resolve(new SecretRef("env:" + name)));
    }
    return builder.start();
  }

  public static void main(String[] args) {
    Node from =
        new Node(
            Node.Role.TARGET,
            Node.Kind.MARIADB,
            new Endpoint("127.0.0.1", Integer.parseInt(args[1])),
            new Account("repli", new SecretRef("env:REPLI")),
            new Account("repl", new SecretRef("env:REPL")),
            Node.Tls.DISABLED,
            Optional.empty());
    Task task =
        new Task(
            args[0],
            from,
            Integer.parseInt(args[2]),
            new Position(Position.Kind.MARIADB_GTID, args[3]),
            new Position(Position.Kind.MARIADB_GTID, args[4]),
            Path.of(args[5]));
    System.out.println("begins");
    ImportResult result =
        run(
            task,
            reference -> Objects.requireNonNull(System.getenv(reference.value().substring(4))),
            counts -> {
              System.out.println("committed " + counts.extracted());
              return true;
            });
    System.out.println("ended " + result);
  }
}
