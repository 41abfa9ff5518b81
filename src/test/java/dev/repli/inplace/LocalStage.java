package dev.repli.inplace;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.backup.BackupTools;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.engine.OnePlan;
import dev.repli.host.Cancellation;
import dev.repli.host.local.LocalHosts;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Steps on this machine with programs that the test writes, and a server that it pretends. */
final class LocalStage {
  static final RunKey RUN = new RunKey("INC-1");
  private static final Plan LIKE = OnePlan.plan(Duration.ofSeconds(10), "a".repeat(64));
  final Journal journal = new InMemoryJournal();
  final Watch watch = new Watch();
  final Path folder;

  /** Where the pretended server stands. */
  volatile String position = "";

  /** Bytes of its largest packet. */
  volatile long packet = 16 << 20;

  Consumer<Duration> pause = time -> {};

  final FakeDatabase database = new FakeDatabase(new VirtualTime(), LIKE.source(), LIKE.target());

  LocalStage(Path folder) throws IOException {
    this.folder = folder;
    database.writerIs(Node.Role.TARGET);
    Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(folder.resolve("tools"));
    for (String name : BackupTools.names()) {
      program("tools/" + name, "exit 0");
    }
    program("mariadbd", "echo 'mariadbd  Ver 11.8.6-MariaDB for Linux'");
  }

  /** A program of this machine. */
  Path program(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\ncd '" + folder + "'\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }

  Scene scene() {
    return new Scene(ports(), new WorkOrder(RUN, plan(), false, Map.of()), watch);
  }

  private InPlacePorts ports() {
    return new InPlacePorts(
        LocalHosts.only(),
        new Databases(List.of(database)),
        (node, log) -> new Server(),
        new Routes(List.of()),
        reference -> "secret",
        journal,
        (node, file, offset, taker) -> {},
        Clock.systemUTC(),
        time -> pause.accept(time));
  }

  private Plan plan() {
    Plan like = LIKE;
    Node node = like.target();
    Node target =
        new Node(
            node.role(),
            node.kind(),
            node.address(),
            node.account(),
            node.replication(),
            node.tls(),
            Optional.empty(),
            node.environment(),
            Optional.of(machine()));
    return new Plan(
        like.id(),
        like.title(),
        like.locale(),
        like.source(),
        target,
        List.of(),
        like.rollbackWindow(),
        like.budgets(),
        like.blockers(),
        like.probe(),
        like.approvals(),
        like.steps(),
        like.cutover(),
        like.checks(),
        like.contentHash());
  }

  private Machine machine() {
    return new Machine(
        new HostAccess.Local(),
        folder.resolve("data"),
        "mysql:mysql",
        folder.resolve("mariadbd"),
        List.of("/bin/true"),
        List.of("/bin/true"),
        Optional.of(new Machine.Backups(folder.resolve("backups"), folder)),
        Optional.of(
            new Machine.Previous(
                "10.11",
                folder.resolve("tools"),
                List.of(folder.resolve("switch-back").toString()))));
  }

  /** Can be lost. */
  static final class Watch implements WorkWatch {
    private final Cancellation cancellation = new Cancellation();
    volatile String progress = "";

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void progress(long done, long of, String unit) {
      progress = done + " of " + of + " " + unit;
    }

    @Override
    public void mine() {
      if (cancellation.isRequested()) {
        throw new WorkLostException("it was ended here");
      }
    }
  }

  private final class Server implements UpgradedServer {
    @Override
    public String version() {
      return "10.11.18-MariaDB-log";
    }

    @Override
    public Path dataDirectory() {
      return folder.resolve("data");
    }

    @Override
    public Optional<Path> logFolder() {
      return Optional.of(dataDirectory());
    }

    @Override
    public Map<String, String> folders() {
      return Map.of();
    }

    @Override
    public List<BinaryLog> logs() {
      return List.of();
    }

    @Override
    public Optional<String> gtidAt(String log, long offset) {
      return Optional.empty();
    }

    @Override
    public String position() {
      return position;
    }

    @Override
    public Map<String, Table> tables(List<String> names) {
      return Map.of();
    }

    @Override
    public long largestPacket() {
      return packet;
    }

    @Override
    public void largestPacket(long bytes) {
      packet = bytes;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
