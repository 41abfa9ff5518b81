package dev.repli.delta;

import dev.repli.database.Position;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An extraction in a process of its own, which can be killed. */
public final class ExtractingProcess {
  private ExtractingProcess() {}

  /** Starts it with little memory; the password is in its environment. */
  static Process start(DeltaLab lab, Position from, Position to, Path file) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ExtractingProcess.class.getName(),
                lab.node().kind().name(),
                Integer.toString(lab.node().address().port()),
                from.kind().name(),
                from.value(),
                to.value(),
                file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("REPLI_SECRET", lab.secrets().resolve(new SecretRef("env:REPLI")));
    builder.environment().put("REPL_SECRET", lab.secrets().resolve(new SecretRef("env:REPL")));
    return builder
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                file.resolveSibling(file.getFileName() + ".log").toFile()))
        .start();
  }

  static DeltaOrigin origin(Position from, DeltaServer server) {
    return new DeltaOrigin(
        "delta-1",
        "lab",
        "target",
        server.id(),
        server.uuid(),
        server.version(),
        new Place(from, "", 0),
        Set.of("app"),
        true);
  }

  public static void main(String[] args) {
    Node node =
        new Node(
            Node.Role.TARGET,
            Node.Kind.valueOf(args[0]),
            new Endpoint("127.0.0.1", Integer.parseInt(args[1])),
            new Account("repli", new SecretRef("env:REPLI_SECRET")),
            new Account("repl", new SecretRef("env:REPL_SECRET")),
            Node.Tls.DISABLED,
            Optional.empty());
    Position from = new Position(Position.Kind.valueOf(args[2]), args[3]);
    Position to = new Position(from.kind(), args[4]);
    BinlogDeltaSource source =
        new BinlogDeltaSource(reference -> System.getenv(reference.value().substring(4)));
    ExtractDelta extract = new ExtractDelta(source, new LocalDeltaFiles());
    ExtractDelta.Result result =
        extract.extract(
            node,
            origin(from, source.server(node)),
            to,
            Path.of(args[5]),
            (reached, counts) -> true);
    System.out.println(result);
  }
}
