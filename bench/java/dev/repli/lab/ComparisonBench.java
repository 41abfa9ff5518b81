package dev.repli.lab;

import dev.repli.comparison.ComparisonLimits;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableName;
import dev.repli.comparison.Verdict;
import dev.repli.comparison.jdbc.ComparisonLab;
import dev.repli.database.ServerPair;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** P11: comparing a table of two servers, against pt-table-checksum, alternated. */
final class ComparisonBench {
  private static final int ROWS = Integer.getInteger("rows", 1_000_000);
  private static final int PAIRS = Integer.getInteger("pairs", 5);
  private static final int PLANTED = 100;
  private static final TableName TABLE = new TableName("app", "bench");
  private static final ComparisonLimits CHUNKS = chunks();

  private final PrintStream out;
  private final ServerPair servers;
  private final Path options;
  private int comparisons;

  private ComparisonBench(PrintStream out, ServerPair servers, Path options) {
    this.out = out;
    this.servers = servers;
    this.options = options;
  }

  private static ComparisonLimits chunks() {
    ComparisonLimits usual = ComparisonLimits.DEFAULT;
    return new ComparisonLimits(
        false,
        usual.chunkTime(),
        usual.lag(),
        usual.patience(),
        usual.lockHeld(),
        usual.rounds(),
        usual.listed());
  }

  static void run(PrintStream out) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("repli-bench");
    Path options = folder.resolve("pt.cnf");
    Files.createFile(
        options,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (ServerPair servers =
        new ServerPair(ServerInstallation.fromMaven(), ServerInstallation.fromMaven())) {
      servers.writerIsSource();
      ComparisonBench bench = new ComparisonBench(out, servers, options);
      bench.prepare();
      bench.equal();
      bench.planted();
    } finally {
      Files.delete(options);
      Files.delete(folder);
    }
  }

  private void prepare() throws IOException {
    String password = servers.accounts().application();
    Files.writeString(options, "[client]\nuser=pt\npassword=" + password + "\n");
    servers
        .source()
        .run(
            false,
            "CREATE USER 'pt'@'127.0.0.1' IDENTIFIED BY '" + password + "'",
            "GRANT ALL ON *.* TO 'pt'@'127.0.0.1'",
            "CREATE DATABASE percona",
            "CREATE TABLE percona.dsns (id INT PRIMARY KEY, parent_id INT, dsn VARCHAR(255))",
            "INSERT INTO percona.dsns VALUES (1, NULL, 'h=127.0.0.1,P="
                + servers.target().port()
                + "')",
            "CREATE TABLE app.bench (id INT PRIMARY KEY, customer INT NOT NULL, item VARCHAR(100)"
                + " NOT NULL, price DECIMAL(12,2), note VARCHAR(200), made_at DATETIME(3))"
                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    int step = Math.min(ROWS, 20_000);
    for (int first = 1; first <= ROWS; first += step) {
      servers.source().run(false, insert(first, Math.min(ROWS, first + step - 1)));
    }
  }

  private static String insert(int first, int last) {
    return "INSERT INTO app.bench SELECT seq, seq % 9973, CONCAT('item ', seq % 1000), seq / 7,"
        + " REPEAT(MD5(seq), 4), '2026-01-01' + INTERVAL seq SECOND FROM app.seq_%d_to_%d"
            .formatted(first, last);
  }

  private void equal() throws IOException, InterruptedException {
    out.printf(
        "P11 table comparison, %,d rows, nothing differs, %d alternated rounds%n", ROWS, PAIRS);
    List<Long> checksum = new ArrayList<>();
    List<Long> chunks = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    timed(() -> expect(Verdict.EQUAL, compare(CHUNKS)));
    for (int pair = 0; pair < PAIRS; pair++) {
      checksum.add(timed(() -> expect(Verdict.EQUAL, compare(ComparisonLimits.DEFAULT))));
      chunks.add(timed(() -> expect(Verdict.EQUAL, compare(CHUNKS))));
      theirs.add(timed(() -> expectNone(percona())));
    }
    Figures pt = Figures.ofNanos(theirs);
    out.println("  Repli, as it comes                      " + Figures.ofNanos(checksum));
    out.println("  Repli, without CHECKSUM TABLE           " + Figures.ofNanos(chunks));
    out.println("  pt-table-checksum                       " + pt);
    out.printf(
        "  pt-table-checksum takes %.2f times as long; without CHECKSUM TABLE %.2f times%n",
        pt.at(0.5) / Figures.ofNanos(checksum).at(0.5),
        pt.at(0.5) / Figures.ofNanos(chunks).at(0.5));
  }

  /** 60 rows changed, 20 that swapped a value in pairs, 20 deleted: on the replica only. */
  private void planted() throws SQLException, IOException, InterruptedException {
    try (Connection there = servers.target().admin();
        Statement sql = there.createStatement()) {
      sql.execute("SET sql_log_bin = 0");
      int step = ROWS / 200;
      for (int i = 1; i <= 60; i++) {
        sql.execute("UPDATE app.bench SET price = price + 0.01 WHERE id = " + i * step);
      }
      for (int i = 61; i <= 70; i++) {
        int id = i * step;
        sql.execute("UPDATE app.bench SET customer = customer + 1 WHERE id = " + id);
        sql.execute("UPDATE app.bench SET customer = customer - 1 WHERE id = " + (id + 1));
      }
      for (int i = 71; i <= 90; i++) {
        sql.execute("DELETE FROM app.bench WHERE id = " + i * step);
      }
    }
    ComparisonResult result = compare(ComparisonLimits.DEFAULT);
    int found = result.tables().get(0).differences().size();
    out.printf(
        "  with %d rows that differ: Repli names %d; pt-table-checksum counts %s chunks%n",
        PLANTED, found, percona().replaceAll("(?s).*\\n\\S+\\s+\\d+\\s+(\\d+).*", "$1"));
    if (found != PLANTED) {
      throw new IllegalStateException("a comparison that misses rows is a failed run: " + result);
    }
  }

  private ComparisonResult compare(ComparisonLimits limits) {
    return ComparisonLab.comparison(servers.secrets(), ComparisonLab.store(), limits)
        .compare(
            ComparisonLab.request(
                "bench-" + ++comparisons,
                ComparisonLab.plan(servers.sourceNode(), servers.targetNode()),
                TABLE));
  }

  private static void expect(Verdict verdict, ComparisonResult result) {
    if (result.verdict() != verdict) {
      throw new IllegalStateException("expected " + verdict + ": " + result);
    }
  }

  /** The tool's own table: time, errors, differing chunks, … */
  private static void expectNone(String answer) {
    if (!answer.lines().anyMatch(line -> line.matches("\\S+\\s+0\\s+0\\s.*app\\.bench"))) {
      throw new IllegalStateException("pt-table-checksum says: " + answer);
    }
  }

  private String percona() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "pt-table-checksum",
                "--defaults-file=" + options,
                "--host=127.0.0.1",
                "--port=" + servers.source().port(),
                "--databases=app",
                "--tables=bench",
                "--no-check-binlog-format",
                "--no-version-check",
                "--recursion-method=dsn=D=percona,t=dsns")
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return answer;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static long timed(Work work) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begin).toNanos();
  }
}
