package dev.repli.delta.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaFiles.Check;
import dev.repli.delta.DeltaFiles.Expected;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is read years later says what it is and is refused when a bit of it is wrong. */
class DeltaFilesTest {
  private static final DeltaTable TABLE =
      new DeltaTable(
          "app",
          "t",
          List.of(
              new DeltaColumn("id", ColumnKind.BIGINT, true, false, 0, 0, "", List.of(), false),
              new DeltaColumn(
                  "e", ColumnKind.ENUM, false, true, 0, 0, "", List.of("a", "\u00E9"), false),
              new DeltaColumn(
                  "b", ColumnKind.VARBINARY, false, true, 400, 0, "", List.of(), false)),
          List.of(0));
  private static final DeltaOrigin ORIGIN =
      new DeltaOrigin(
          "delta-1", "shop", "target (db2:3306)", 2, "", "11.8.6", at(0), Set.of("app"), true);
  private final DeltaFiles files = new LocalDeltaFiles();
  @TempDir Path folder;

  @Test
  void readsWhatWasWritten() {
    List<DeltaEvent> events = events(0, 500);
    Path file = written(events);
    assertThat(read(file)).containsExactlyElementsOf(events);
    assertThat(files.check(file, Optional.of(new Expected("delta-1", "shop", 2, ""))))
        .isInstanceOfSatisfying(
            Check.Sound.class,
            sound -> {
              assertThat(sound.origin()).isEqualTo(ORIGIN);
              assertThat(sound.end()).isEqualTo(at(500));
              assertThat(sound.counts().transactions()).isEqualTo(500);
              assertThat(sound.counts().tables().get("app.t"))
                  .isEqualTo(new DeltaCounts.Table(500, 500, 500, 0));
            });
  }

  @Test
  void goesOnAfterTheLastWholeTransactionWhereverTheWriterDied() throws IOException {
    List<DeltaEvent> events = events(0, 3000);
    byte[] part = unfinished(events);
    Random random = new Random(7);
    for (int i = 0; i < 25; i++) {
      Path file = folder.resolve("killed" + i);
      Path torn = file.resolveSibling(file.getFileName() + ".part");
      Files.write(torn, Arrays.copyOf(part, random.nextInt(part.length + 1)));
      try (DeltaFiles.Writer writer = files.write(file, ORIGIN)) {
        Place reached = writer.reached();
        int from = reached.equals(at(0)) ? 0 : events.indexOf(new DeltaEvent.End(reached)) + 1;
        events.subList(from, events.size()).forEach(writer::append);
        writer.finish();
        assertThat(writer.counts().transactions()).isEqualTo(3000);
      }
      assertThat(read(file)).isEqualTo(events);
    }
  }

  @Test
  void keepsNothingOfTheEndWhenTheWriterDiedBeforeItsLastWord() throws IOException {
    List<DeltaEvent> events = events(0, 10);
    Path file = written(events);
    byte[] whole = Files.readAllBytes(file);
    for (int lost = 1; lost < 200; lost += 13) {
      Path again = folder.resolve("again" + lost);
      Files.write(
          again.resolveSibling(again.getFileName() + ".part"),
          Arrays.copyOf(whole, whole.length - lost));
      try (DeltaFiles.Writer writer = files.write(again, ORIGIN)) {
        int from = events.indexOf(new DeltaEvent.End(writer.reached())) + 1;
        events.subList(from, events.size()).forEach(writer::append);
        writer.finish();
      }
      assertThat(Files.readAllBytes(again)).isEqualTo(whole);
    }
  }

  @Test
  void refusesAFileWithAnyWrongByte() throws IOException {
    Path file = written(events(0, 20));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] wrong = whole.clone();
      wrong[i] ^= 0x10;
      Files.write(file, wrong);
      assertThat(files.check(file, Optional.empty())).isInstanceOf(Check.Refused.class);
    }
  }

  @Test
  void refusesATruncatedAndALongerFile() throws IOException {
    Path file = written(events(0, 20));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(files.check(file, Optional.empty())).isInstanceOf(Check.Refused.class);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(files.check(file, Optional.empty())).isInstanceOf(Check.Refused.class);
  }

  @Test
  void refusesTheFileOfAnotherDeltaPlanOrServer() {
    Path file = written(events(0, 3));
    for (Expected other :
        List.of(
            new Expected("delta-2", "shop", 2, ""),
            new Expected("delta-1", "bank", 2, ""),
            new Expected("delta-1", "shop", 3, ""),
            new Expected("delta-1", "shop", 2, "5a5b-uuid"))) {
      assertThat(files.check(file, Optional.of(other))).isInstanceOf(Check.Refused.class);
    }
  }

  @Test
  void neverWritesOverAnotherDelta() {
    Path file = folder.resolve("one");
    files.write(file, ORIGIN).close();
    DeltaOrigin other =
        new DeltaOrigin("delta-2", "shop", "x", 2, "", "11.8.6", at(0), Set.of(), true);
    assertThatThrownBy(() -> files.write(file, other))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining("delta-1");
    Path finished = written(events(0, 1));
    assertThatThrownBy(() -> files.write(finished, ORIGIN)).hasMessageContaining("finished");
  }

  @Test
  void beginsAnewWhatWasBegunElsewhere() {
    Path file = folder.resolve("begun");
    try (DeltaFiles.Writer writer = files.write(file, ORIGIN)) {
      events(0, 3).subList(0, 3).forEach(writer::append);
    }
    DeltaOrigin later =
        new DeltaOrigin(
            "delta-1", "shop", "target (db2:3306)", 2, "", "11.8.6", at(3), Set.of("app"), true);
    try (DeltaFiles.Writer writer = files.write(file, later)) {
      assertThat(writer.reached()).isEqualTo(at(3));
      assertThat(writer.counts()).isEqualTo(DeltaCounts.NONE);
      events(3, 4).forEach(writer::append);
      writer.finish();
    }
    assertThat(files.check(file, Optional.empty()))
        .isInstanceOfSatisfying(
            Check.Sound.class, sound -> assertThat(sound.origin()).isEqualTo(later));
  }

  private Path written(List<DeltaEvent> events) {
    Path file = folder.resolve("finished");
    try (DeltaFiles.Writer writer = files.write(file, ORIGIN)) {
      events.forEach(writer::append);
      writer.finish();
    }
    return file;
  }

  private byte[] unfinished(List<DeltaEvent> events) throws IOException {
    Path file = folder.resolve("unfinished");
    try (DeltaFiles.Writer writer = files.write(file, ORIGIN)) {
      events.subList(0, events.size() - 1).forEach(writer::append);
    }
    return Files.readAllBytes(file.resolveSibling("unfinished.part"));
  }

  private List<DeltaEvent> read(Path file) {
    List<DeltaEvent> events = new ArrayList<>();
    try (DeltaStream stream = files.read(file)) {
      do {
        events.add(stream.next(Duration.ZERO));
      } while (!(events.get(events.size() - 1) instanceof DeltaEvent.Finished));
    }
    return events;
  }

  private static List<DeltaEvent> events(int from, int to) {
    List<DeltaEvent> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Row one = row(i, new Cell.Text("\u00E9"));
      Row two = row(i, Cell.NULL);
      events.add(new DeltaEvent.Begin("0-2-" + (i + 1), at(i), Instant.ofEpochSecond(i)));
      events.add(new DeltaEvent.Insert(TABLE, one));
      events.add(new DeltaEvent.Update(TABLE, one, two));
      events.add(new DeltaEvent.Delete(TABLE, two));
      events.add(new DeltaEvent.End(at(i + 1)));
    }
    events.add(new DeltaEvent.Finished(at(to)));
    return events;
  }

  private static Row row(int i, Cell second) {
    byte[] bytes = new byte[200];
    new Random(i).nextBytes(bytes);
    return Row.of(new Cell.Text(Long.toUnsignedString(-1L - i)), second, new Cell.Bytes(bytes));
  }

  private static Place at(int i) {
    return new Place(
        new Position(Position.Kind.MARIADB_GTID, "0-2-" + i), "bin.000001", 4L + 100L * i);
  }
}
