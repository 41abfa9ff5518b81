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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * P8: writing the changes of a binary log to a file, against mariadb-binlog as text, alternated.
 * Every extraction has to hold every row.
 */
final class DeltaBench {
  private static final int ROWS = Integer.getInteger("rows", 1_000_000);
  private static final int PER_TRANSACTION = Integer.getInteger("rowsPerTransaction", 100);
  private static final int PAIRS = Integer.getInteger("pairs", 5);

  private final PrintStream out;
  private final DeltaLab lab;
  private final Path folder;
  private int extractions;

  private DeltaBench(PrintStream out, DeltaLab lab, Path folder) {
    this.out = out;
    this.lab = lab;
    this.folder = folder;
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("repli-bench");
    try (DeltaLab lab = DeltaLab.start("mariadb-11.8")) {
      new DeltaBench(out, lab, folder).measure();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void measure() throws IOException, SQLException, InterruptedException {
    out.printf(
        "P8 delta export, %,d rows, %d a transaction, %d alternated rounds%n",
        ROWS, PER_TRANSACTION, PAIRS);
    lab.run(
        "SET GLOBAL binlog_row_metadata = FULL",
        "CREATE TABLE bench (id INT PRIMARY KEY, customer INT NOT NULL, item VARCHAR(100) NOT"
            + " NULL, price DECIMAL(12,2), note VARCHAR(200), made_at DATETIME(3))",
        "FLUSH BINARY LOGS");
    final Position from = lab.position();
    final List<String> logs = new ArrayList<>(List.of(current()));
    for (int first = 1; first <= ROWS; first += PER_TRANSACTION) {
      lab.run(
          ("INSERT INTO bench SELECT seq, seq %% 9973, CONCAT('item ', seq %% 1000), seq / 7,"
                  + " REPEAT(MD5(seq), 4), '2026-01-01' + INTERVAL seq SECOND FROM"
                  + " seq_%d_to_%d")
              .formatted(first, Math.min(ROWS, first + PER_TRANSACTION - 1)));
    }
    final Position to = lab.position();
    List<Long> ours = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    extract(from, to);
    for (int pair = 0; pair < PAIRS; pair++) {
      ours.add(extract(from, to));
      theirs.add(binlogText(logs.get(0)));
    }
    out.println("  Repli, into a checked file      " + Figures.ofNanos(ours));
    out.println("  mariadb-binlog -vv to /dev/null " + Figures.ofNanos(theirs));
    double mine = Figures.ofNanos(ours).at(0.5);
    out.printf(
        "  %,.0f rows a second; %.2f times those of mariadb-binlog%n",
        ROWS / (mine / 1000), Figures.ofNanos(theirs).at(0.5) / mine);
  }

  private String current() throws SQLException {
    try (Connection connection = lab.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW MASTER STATUS")) {
      row.next();
      return row.getString(1);
    }
  }

  private long extract(Position from, Position to) throws IOException {
    BinlogDeltaSource source = new BinlogDeltaSource(lab.secrets());
    LocalDeltaFiles files = new LocalDeltaFiles();
    DeltaServer server = source.server(lab.node());
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
    Path file = folder.resolve("delta" + extractions++);
    long start = System.nanoTime();
    var unused =
        new ExtractDelta(source, files)
            .extract(lab.node(), origin, to, file, (reached, counts) -> true);
    long took = System.nanoTime() - start;
    if (!(files.check(file, Optional.empty()) instanceof DeltaFiles.Check.Sound sound)
        || sound.counts().rows() != ROWS) {
      throw new IllegalStateException("an extraction lost rows");
    }
    Files.delete(file);
    return took;
  }

  private long binlogText(String first) throws IOException, InterruptedException {
    Path tool = ServerInstallation.tree("mariadb-11.8").resolve("w/mariadb-binlog");
    Path data = lab.mariaDb().fenceFile().toAbsolutePath().getParent();
    Path log;
    try (var files = Files.walk(data)) {
      log = files.filter(file -> file.endsWith(first)).findFirst().orElseThrow();
    }
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                tool.toString(), "-vv", "--base64-output=decode-rows", log.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("mariadb-binlog failed");
    }
    return System.nanoTime() - start;
  }
}
