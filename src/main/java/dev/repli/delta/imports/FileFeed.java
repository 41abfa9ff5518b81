package dev.repli.delta.imports;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.Positions;
import dev.repli.delta.UnreadableDeltaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of finished files of one server, each of which goes on where the one before it ends.
 * Reading goes on behind the transaction that an import did last, found by its position: files and
 * offsets of one place differ with where a connection began. The first file must not begin behind
 * it.
 */
public final class FileFeed implements ChangeFeed {
  private final DeltaFiles files;
  private final List<Path> paths;

  /**
   * @param paths in their order, at least one
   */
  public FileFeed(DeltaFiles files, List<Path> paths) {
    this.files = files;
    this.paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("a feed needs a file");
    }
  }

  /**
   * @throws UnreadableDeltaException while reading, when the files end before the place
   */
  @Override
  public DeltaStream after(Optional<Place> place) {
    return new Reading(place);
  }

  private final class Reading implements DeltaStream {
    private final Optional<Position> done;
    private boolean behind;
    private int file;
    private @Nullable DeltaStream open;

    Reading(Optional<Place> done) {
      this.done = done.map(Place::position);
      this.behind = done.isEmpty();
    }

    @Override
    public DeltaEvent next(Duration atMost) {
      while (true) {
        DeltaEvent event = stream().next(atMost);
        if (event instanceof Finished finished && file + 1 < paths.size()) {
          close();
          file++;
          event = new Passed(finished.at());
        }
        behind = behind || goesOn(event);
        if (behind) {
          return event;
        }
      }
    }

    /** Whether this is the first event that is not done. */
    private boolean goesOn(DeltaEvent event) {
      Position reached = done.orElseThrow();
      if (event instanceof Begin begin) {
        return Positions.covers(begin.at().position(), reached);
      }
      if (event instanceof Finished finished
          && !Positions.covers(finished.at().position(), reached)) {
        throw new UnreadableDeltaException(
            "the import stands at %s, but the files %s end at %s: extract on from there"
                .formatted(reached, paths, finished.at()));
      }
      return event instanceof Finished || event instanceof Statement;
    }

    private DeltaStream stream() {
      if (open == null) {
        open = files.read(paths.get(file));
      }
      return open;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
