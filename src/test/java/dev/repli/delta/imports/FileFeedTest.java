package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.file.LocalDeltaFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFeedTest {
  private final DeltaFiles files = new LocalDeltaFiles();
  @TempDir private Path folder;

  @Test
  void readsSeveralFilesAsOneStream() {
    FileFeed feed = new FileFeed(files, List.of(file(0, 3), file(3, 5)));

    assertThat(transactions(feed, Optional.empty())).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void goesOnBehindAnyTransactionAlsoAtTheSeamOfTwoFiles() {
    FileFeed feed = new FileFeed(files, List.of(file(0, 3), file(3, 5)));

    for (int done = 1; done <= 5; done++) {
      // other bytes: the place comes from another connection
      Place place = new Place(at(done).position(), "bin.000009", 4711);
      List<Integer> left = List.of(1, 2, 3, 4, 5).subList(done, 5);
      assertThat(transactions(feed, Optional.of(place))).as("after %s", done).isEqualTo(left);
    }
  }

  @Test
  void beginsWhereTheFirstFileBegins() {
    FileFeed feed = new FileFeed(files, List.of(file(2, 4)));

    assertThat(transactions(feed, Optional.of(at(2)))).containsExactly(3, 4);
  }

  @Test
  void refusesFilesThatEndBeforeThePlace() {
    FileFeed feed = new FileFeed(files, List.of(file(0, 3), file(3, 5)));

    assertThatThrownBy(() -> transactions(feed, Optional.of(at(9))))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("0-2-9")
        .hasMessageContaining("end at 0-2-5");
  }

  private static Place at(int number) {
    return new Place(
        new Position(Position.Kind.MARIADB_GTID, "0-2-" + number), "bin.000001", 4 + number);
  }

  /** The transactions after the first number up to the other. */
  private Path file(int from, int to) {
    Path file = folder.resolve("delta-" + from + "-" + to);
    DeltaOrigin origin =
        new DeltaOrigin("d", "shop", "target", 2, "", "11.8.3", at(from), Set.of(), true);
    try (DeltaFiles.Writer writer = files.write(file, origin)) {
      for (int number = from + 1; number <= to; number++) {
        writer.append(new Begin("0-2-" + number, at(number - 1), Instant.EPOCH));
        writer.append(new Insert(History.THINGS, History.row(number, "n", 1)));
        writer.append(new End(at(number)));
      }
      writer.append(new Finished(at(to)));
      writer.finish();
    }
    return file;
  }

  private static List<Integer> transactions(ChangeFeed feed, Optional<Place> place) {
    List<Integer> found = new ArrayList<>();
    try (DeltaStream stream = feed.after(place)) {
      while (true) {
        DeltaEvent event = stream.next(Duration.ZERO);
        if (event instanceof Insert insert) {
          found.add(History.key(insert.after()));
        } else if (event instanceof Finished) {
          return found;
        } else {
          assertThat(event).isInstanceOfAny(Begin.class, End.class, Passed.class);
        }
      }
    }
  }
}
