package dev.repli.delta;

import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes the changes of a range to a file. It can be killed at any point and called again: it goes
 * on after the last whole transaction of the file, without a gap and without a row twice.
 */
@Component
public final class ExtractDelta {
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** Events between two looks at whether to go on. */
  private static final int LOOK_EVERY = 10_000;

  /** Time after which to look, however few events came. */
  private static final Duration LOOK_AFTER = Duration.ofSeconds(5);

  private final DeltaSource source;
  private final DeltaFiles files;
  private final LongSupplier nanos;

  @Autowired
  public ExtractDelta(DeltaSource source, DeltaFiles files) {
    this(source, files, System::nanoTime);
  }

  /**
   * @param nanos tells how much time passes
   */
  ExtractDelta(DeltaSource source, DeltaFiles files, LongSupplier nanos) {
    this.source = source;
    this.files = files;
    this.nanos = nanos;
  }

  /** Told while it works; says whether to go on. */
  @FunctionalInterface
  public interface Progress {
    boolean goesOn(Place reached, DeltaCounts counts);

    /**
     * Once for each abandoned table that cannot be read, before the file goes on behind its
     * changes.
     *
     * @param table {@code schema.table}
     */
    default void passedOver(String table) {}
  }

  /** What became of it. */
  public sealed interface Result {
    /** The file is complete. */
    record Extracted(Path file, Place end, DeltaCounts counts) implements Result {}

    /** The file is complete up to a statement over which rows alone do not lead. */
    record Stopped(Path file, DeltaEvent.Statement statement, DeltaCounts counts)
        implements Result {}

    /** Called off; calling again goes on from here. */
    record Interrupted(Place reached, DeltaCounts counts) implements Result {}
  }

  /**
   * Reads to the position.
   *
   * @throws UnreadableDeltaException when something cannot be read exactly
   * @throws DeltaFileException when the file cannot be written or is of another delta
   * @throws dev.repli.database.NodeException when the server does not answer
   */
  public Result extract(Node node, DeltaOrigin origin, Position to, Path file, Progress progress) {
    return extract(node, origin, Set.of(), to, file, progress);
  }

  /**
   * As above.
   *
   * @param abandoned {@code schema.table} that are passed over where they cannot be read
   */
  public Result extract(
      Node node,
      DeltaOrigin origin,
      Set<String> abandoned,
      Position to,
      Path file,
      Progress progress) {
    sameServer(node, origin);
    try (DeltaFiles.Writer writer = files.write(file, origin);
        DeltaStream stream =
            source.open(
                node,
                new DeltaRange(
                    writer.reached().position(), Optional.of(to), origin.schemas(), abandoned))) {
      Set<String> told = new HashSet<>();
      long looked = nanos.getAsLong();
      for (long events = 1; ; events++) {
        DeltaEvent event = stream.next(WAIT);
        stream.passedOver().stream().filter(told::add).forEach(progress::passedOver);
        writer.append(event);
        if (event instanceof DeltaEvent.Finished finished) {
          writer.finish();
          return new Result.Extracted(file, finished.at(), writer.counts());
        }
        if (event instanceof DeltaEvent.Statement statement) {
          writer.finish();
          return new Result.Stopped(file, statement, writer.counts());
        }
        if (events % LOOK_EVERY == 0 || nanos.getAsLong() - looked >= LOOK_AFTER.toNanos()) {
          if (!progress.goesOn(writer.reached(), writer.counts())) {
            return new Result.Interrupted(writer.reached(), writer.counts());
          }
          looked = nanos.getAsLong();
        }
      }
    }
  }

  private void sameServer(Node node, DeltaOrigin origin) {
    DeltaServer server = source.server(node);
    if (server.id() != origin.serverId() || !server.uuid().equals(origin.serverUuid())) {
      throw new DeltaFileException(
          node.label()
              + " is another server (server_id %d %s) than the one of this delta (%d %s)"
                  .formatted(server.id(), server.uuid(), origin.serverId(), origin.serverUuid()));
    }
  }
}
