package dev.repli.delta;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps deltas as files that can be read long after. Every method throws {@link
 * DeltaFileException}.
 */
public interface DeltaFiles {
  /**
   * Goes on with an unfinished file, or begins one. What was written after the last whole
   * transaction of an unfinished file is dropped; all of it, when the same delta begins elsewhere
   * now.
   *
   * @param file where the finished delta will be; until then it has {@code .part} after its name
   * @throws DeltaFileException also when the unfinished file is of another delta, or the file is
   *     finished already
   */
  Writer write(Path file, DeltaOrigin origin);

  /** Reads the whole file and says whether it can be used; changes nothing. */
  Check check(Path file, Optional<Expected> expected);

  /**
   * The events of a finished file in their order.
   *
   * @throws DeltaFileException also while reading, when the file is damaged
   */
  DeltaStream read(Path file);

  /** What a file has to be. */
  record Expected(String id, String plan, long serverId, String serverUuid) {}

  /** What a look at a file gave. */
  sealed interface Check {
    /**
     * Whole, and what was expected.
     *
     * @param end up to where it goes
     * @param tables each as it was at its last change
     * @param stopped the statement over which it could not be read, if any
     */
    record Sound(
        DeltaOrigin origin,
        Place end,
        DeltaCounts counts,
        Collection<DeltaTable> tables,
        Optional<DeltaEvent.Statement> stopped)
        implements Check {
      public Sound {
        tables = List.copyOf(tables);
      }
    }

    /** Must not be used. */
    record Refused(String why) implements Check {}
  }

  /** Appends events. Whole transactions outlive the process. */
  interface Writer extends AutoCloseable {
    /** Up to where the file goes: where reading has to go on. */
    Place reached();

    DeltaCounts counts();

    /** Takes the next event of a stream, from its first on. */
    void append(DeltaEvent event);

    /** Completes the file with {@code Finished} or {@code Statement} as its last event. */
    void finish();

    /** Leaves an unfinished file for later. */
    @Override
    void close();
  }
}
