package dev.repli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.delta.DeltaFiles.Check;
import dev.repli.delta.binlog.BinlogDeltaSource;
import dev.repli.delta.file.LocalDeltaFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An extraction that is killed goes on without a gap and without a row twice, in little memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledExtractionIT {
  private static final int KILLS = 6;
  private final DeltaFiles files = new LocalDeltaFiles();
  private final Random random = new Random(20261121);
  private DeltaLab lab;
  @TempDir Path folder;

  @BeforeAll
  void start() {
    lab = DeltaLab.start("mariadb-11.4", "max_binlog_size=4194304");
    lab.run("SET GLOBAL binlog_row_metadata = FULL");
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @Test
  void hasTheSameRowsAsOneThatWasNeverKilled() throws IOException, InterruptedException {
    lab.run("CREATE TABLE many (id INT PRIMARY KEY, a VARCHAR(200), b INT)");
    Position from = lab.position();
    for (int i = 0; i < 15; i++) {
      int first = i * 2000;
      lab.run(
          "INSERT INTO many SELECT seq, repeat(md5(seq), 5), 0 FROM seq_%d_to_%d"
              .formatted(first, first + 1999),
          "UPDATE many SET b = b + 1 WHERE id >= %d AND id %% 3 = 0".formatted(first));
    }
    Position to = lab.position();
    Path killed = folder.resolve("killed");
    for (int i = 0; i < KILLS; i++) {
      Process process = ExtractingProcess.start(lab, from, to, killed);
      Path part = folder.resolve("killed.part");
      long before = Files.exists(part) ? Files.size(part) : 0;
      long wanted = before + random.nextInt(200_000);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> !process.isAlive() || (Files.exists(part) && Files.size(part) > wanted));
      process.destroyForcibly().waitFor();
    }
    finish(from, to, killed);
    Path whole = folder.resolve("whole");
    finish(from, to, whole);
    List<DeltaEvent> expected = events(whole);
    List<DeltaEvent> found = events(killed);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as("event %d", i).isEqualTo(expected.get(i));
    }
    assertThat(found).hasSameSizeAs(expected);
    assertThat(files.check(killed, Optional.empty()))
        .isInstanceOfSatisfying(
            Check.Sound.class,
            sound ->
                assertThat(sound.counts().tables().get("app.many"))
                    .isEqualTo(new DeltaCounts.Table(30_000, 10_000, 0, 0)));
  }

  @Test
  void carriesAMillionRowsOfOneTransactionInLittleMemory()
      throws IOException, InterruptedException {
    lab.run("CREATE TABLE large (id INT PRIMARY KEY, a VARCHAR(200))");
    Position from = lab.position();
    // in parts, since one statement may take longer than a connection waits for an answer
    lab.run(
        Stream.of(
                Stream.of("BEGIN"),
                IntStream.range(0, 20)
                    .mapToObj(
                        part ->
                            "INSERT INTO large SELECT seq, repeat('x', 150) FROM seq_%d_to_%d"
                                .formatted(part * 50_000 + 1, (part + 1) * 50_000)),
                Stream.of("COMMIT"))
            .flatMap(statements -> statements)
            .toArray(String[]::new));
    Position to = lab.position();
    Path file = folder.resolve("large");
    finish(from, to, file);
    Check check = files.check(file, Optional.empty());
    assertThat(((Check.Sound) check).counts())
        .isEqualTo(
            new DeltaCounts(1, Map.of("app.large", new DeltaCounts.Table(1_000_000, 0, 0, 0))));
  }

  @Test
  void refusesToGoOnWithAnotherServer() {
    Position here = lab.position();
    DeltaServer other = new DeltaServer(99, "", "11.4.5");
    ExtractDelta extract = new ExtractDelta(new BinlogDeltaSource(lab.secrets()), files);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    extract.extract(
                        lab.node(),
                        ExtractingProcess.origin(here, other),
                        here,
                        folder.resolve("other"),
                        (reached, counts) -> true)))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining("another server");
    assertThat(folder.resolve("other.part")).doesNotExist();
  }

  private void finish(Position from, Position to, Path file)
      throws IOException, InterruptedException {
    if (Files.exists(file)) {
      return; // the last kill came too late
    }
    Process process = ExtractingProcess.start(lab, from, to, file);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> log(file)).isZero();
  }

  private static String log(Path file) {
    try {
      return Files.readString(file.resolveSibling(file.getFileName() + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<DeltaEvent> events(Path file) {
    List<DeltaEvent> events = new ArrayList<>();
    try (DeltaStream stream = files.read(file)) {
      do {
        events.add(byPosition(stream.next(Duration.ZERO)));
      } while (!(events.get(events.size() - 1) instanceof DeltaEvent.Finished));
    }
    return events;
  }

  /** A connection that begins at a GTID counts bytes from elsewhere than one that came along. */
  private static DeltaEvent byPosition(DeltaEvent event) {
    if (event instanceof DeltaEvent.Begin begin) {
      return new DeltaEvent.Begin(begin.gtid(), byPosition(begin.at()), begin.written());
    }
    return event instanceof DeltaEvent.Finished finished
        ? new DeltaEvent.Finished(byPosition(finished.at()))
        : event;
  }

  private static Place byPosition(Place place) {
    return new Place(place.position(), "", 4);
  }
}
