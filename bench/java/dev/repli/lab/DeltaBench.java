package dev.repli.lab;

import dev.repli.database.Position;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.Place;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.delta.imports.FileFeed;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * P8: writing the changes of a binary log to a file, against mariadb-binlog as text. P9: importing
 * them with before-images compared, against {@code mariadb-binlog | mariadb}, which compares
 * nothing. Alternated; every round has to hold every row, and every planted conflict and no other.
 */
final class DeltaBench {
  private static final int ROWS = Integer.getInteger("rows", 300_000);
  private static final int PER_TRANSACTION = Integer.getInteger("rowsPerTransaction", 10);
  private static final int PAIRS = Integer.getInteger("pairs", 5);
  private static final int CONFLICTS = 50;
  private static final String TABLE =
      "CREATE TABLE bench (id INT PRIMARY KEY, customer INT NOT NULL, item VARCHAR(100) NOT NULL,"
          + " price DECIMAL(12,2), note VARCHAR(200), made_at DATETIME(3))"
          + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";

  private final PrintStream out;
  private final DeltaLab target;
  private final DeltaLab source;
  private final Path folder;
  private int serial;

  private DeltaBench(PrintStream out, DeltaLab target, DeltaLab source, Path folder) {
    this.out = out;
    this.target = target;
    this.source = source;
    this.folder = folder;
  }

  static void run(PrintStream out) throws IOException, InterruptedException {
    try (Resources resources = new Resources()) {
      Path folder = resources.add(DemoDirectory.create()).path();
      try (DeltaLab target = DeltaLab.start("mariadb-11.8", 2);
          DeltaLab source = DeltaLab.start("mariadb-10.11", 1)) {
        new DeltaBench(out, target, source, folder).measure();
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    target.run("SET GLOBAL binlog_row_metadata = FULL", TABLE, "FLUSH BINARY LOGS");
    source.run(TABLE);
    source.run(ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    String log = target.text("SHOW MASTER STATUS");
    Position from = target.position();
    int changes = write();
    Position to = target.position();
    List<Path> binlogs = since(log);
    out.printf(
        "P8 and P9: %,d changes, %d a transaction, %d alternated rounds, %d MB of heap%n",
        changes, PER_TRANSACTION, PAIRS, Runtime.getRuntime().maxMemory() >> 20);
    exported(from, to, binlogs, changes);
    imported(from, to, binlogs, changes);
  }

  /** This binary log and the newer ones, in order. */
  private List<Path> since(String log) throws IOException {
    Path base = Path.of(target.text("SELECT @@log_bin_basename"));
    String prefix = base.getFileName() + ".";
    try (Stream<Path> files = Files.list(base.getParent())) {
      return files
          .filter(file -> file.getFileName().toString().matches(Pattern.quote(prefix) + "[0-9]+"))
          .filter(file -> file.getFileName().toString().compareTo(log) >= 0)
          .sorted()
          .toList();
    }
  }

  /** Inserts, then an update of every third row and a delete of every tenth. */
  private int write() {
    List<String> work = new ArrayList<>();
    for (int first = 1; first <= ROWS; first += PER_TRANSACTION) {
      int last = Math.min(ROWS, first + PER_TRANSACTION - 1);
      work.add(
          ("INSERT INTO bench SELECT seq, seq %% 9973, CONCAT('item ', seq %% 1000), seq / 7,"
                  + " REPEAT(MD5(seq), 4), '2026-01-01' + INTERVAL seq SECOND FROM"
                  + " seq_%d_to_%d")
              .formatted(first, last));
      work.add(
          "UPDATE bench SET note = CONCAT('changed ', id) WHERE id BETWEEN %d AND %d AND id %% 3 = 0"
              .formatted(first, last));
      work.add(
          "DELETE FROM bench WHERE id BETWEEN %d AND %d AND id %% 10 = 0".formatted(first, last));
    }
    target.run(work.toArray(String[]::new));
    return ROWS + ROWS / 3 + ROWS / 10;
  }

  private void exported(Position from, Position to, List<Path> binlogs, int changes)
      throws IOException, InterruptedException {
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    Files.delete(extract(from, to, changes, new ArrayList<>()));
    for (int pair = 0; pair < PAIRS; pair++) {
      Files.delete(extract(from, to, changes, ours));
      long start = System.nanoTime();
      shell(
          "\"$0\" -vv --base64-output=decode-rows \"$@\" >/dev/null",
          tool("mariadb-binlog"),
          binlogs);
      theirs.add(System.nanoTime() - start);
    }
    told(
        "P8 Repli, into a checked file", "mariadb-binlog -vv, to /dev/null", ours, theirs, changes);
  }

  private void imported(Position from, Position to, List<Path> binlogs, int changes)
      throws IOException, InterruptedException {
    Path file = extract(from, to, changes, new ArrayList<>());
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    carry(file, changes, new ArrayList<>());
    for (int pair = 0; pair < PAIRS; pair++) {
      carry(file, changes, ours);
      // it would be refused: the rounds before have written transactions of the source's own
      source.run("TRUNCATE bench", "SET GLOBAL gtid_strict_mode = 0");
      long start = System.nanoTime();
      shell(
          "set -o pipefail; \"$0\" \"$@\" | '%s' --no-defaults --user=root --socket='%s'"
              .formatted(
                  tool("mariadb"),
                  Path.of(source.text("SELECT @@datadir")).resolve(source.text("SELECT @@socket"))),
          tool("mariadb-binlog"),
          binlogs);
      theirs.add(System.nanoTime() - start);
      same();
      source.run("SET GLOBAL gtid_strict_mode = 1");
    }
    told("P9 Repli, before-images compared", "mariadb-binlog | mariadb", ours, theirs, changes);
  }

  private void told(String mine, String other, List<Long> ours, List<Long> theirs, int changes) {
    Figures us = Figures.ofNanos(ours);
    Figures them = Figures.ofNanos(theirs);
    out.printf("  %-34s %s%n  %-34s %s%n", mine, us, other, them);
    out.printf(
        "    %,.0f changes a second; %.2f times those of the other%n",
        changes / (us.at(0.5) / 1000), them.at(0.5) / us.at(0.5));
  }

  private Path extract(Position from, Position to, int changes, List<Long> times) {
    BinlogDeltaSource reader = new BinlogDeltaSource(target.secrets());
    LocalDeltaFiles files = new LocalDeltaFiles();
    DeltaServer server = reader.server(target.node());
    DeltaOrigin origin =
        new DeltaOrigin(
            "bench",
            "bench",
            "target",
            server.id(),
            server.uuid(),
            server.version(),
            new Place(from, "", 0),
            Set.of("app"),
            true);
    Path file = folder.resolve("delta" + serial++);
    long start = System.nanoTime();
    var unused =
        new ExtractDelta(reader, files)
            .extract(target.node(), origin, to, file, (reached, counts) -> true);
    times.add(System.nanoTime() - start);
    if (!(files.check(file, Optional.empty()) instanceof DeltaFiles.Check.Sound sound)
        || sound.counts().rows() != changes) {
      throw new IllegalStateException("an extraction lost rows");
    }
    return file;
  }

  /** Into an empty table but for some rows that somebody else has written there. */
  private void carry(Path file, int changes, List<Long> times) {
    source.run(
        "TRUNCATE bench",
        "INSERT INTO bench SELECT seq * 7, 0, 'of somebody else', 0, '', NULL FROM seq_1_to_"
            + CONFLICTS);
    HeldChanges held =
        ImportLab.held("jdbc:h2:file:" + folder.resolve("repli" + serial++) + ";WRITE_DELAY=0");
    ImportRequest request =
        new ImportRequest(
            new ImportId("bench-" + serial),
            ImportLab.node(Node.Kind.MARIADB, source.node().address().port()),
            ImportLab.account(),
            Map.of("app.bench", Policy.EXPORT_IMPORT),
            ImportLimits.USUAL);
    long start = System.nanoTime();
    ImportResult result =
        new ImportDelta(ImportLab.target(), held, pause -> LockSupport.parkNanos(pause.toNanos()))
            .run(
                request, new FileFeed(new LocalDeltaFiles(), List.of(file)), ImportObserver.NOBODY);
    times.add(System.nanoTime() - start);
    ImportCounts counts = result.counts();
    if (counts.extracted() != changes
        || held.rows(request.id()).size() != CONFLICTS
        || counts.applied() != changes - counts.held()) {
      throw new IllegalStateException("conflicts missed, or false ones: " + counts);
    }
  }

  private void same() {
    String sum =
        "SELECT CONCAT(COUNT(*), ' ', SUM(CRC32(CONCAT_WS('|', id, note, price)))) FROM bench";
    if (!source.text(sum).equals(target.text(sum))) {
      throw new IllegalStateException("the other program lost rows");
    }
  }

  private static Path tool(String name) {
    return ServerInstallation.tree("mariadb-11.8").resolve("w").resolve(name);
  }

  private static void shell(String script, Path program, List<Path> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, program.toString()));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + script);
    }
  }
}
