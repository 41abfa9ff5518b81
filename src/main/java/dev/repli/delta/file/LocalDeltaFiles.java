package dev.repli.delta.file;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Files on a disk of this machine. */
@Component
public final class LocalDeltaFiles implements DeltaFiles {
  @Override
  public Writer write(Path file, DeltaOrigin origin) {
    return new FileWriting(file, origin);
  }

  @Override
  public DeltaStream read(Path file) {
    return new FileReading(file);
  }

  @Override
  public Check check(Path file, Optional<Expected> expected) {
    try (FileReading reading = new FileReading(file)) {
      Optional<String> other = expected.flatMap(wanted -> difference(reading.origin(), wanted));
      if (other.isPresent()) {
        return new Check.Refused(file + " is not the delta that is wanted: " + other.get());
      }
      return counted(file, reading);
    } catch (DeltaFileException e) {
      return new Check.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Check counted(Path file, FileReading reading) {
    DeltaCounts.Counter counter = new DeltaCounts.Counter(DeltaCounts.NONE);
    while (true) {
      DeltaEvent event = reading.next(Duration.ZERO);
      counter.count(event);
      if (event instanceof DeltaEvent.Finished finished) {
        return result(file, reading, counter, finished.at(), Optional.empty());
      }
      if (event instanceof Statement statement) {
        return result(file, reading, counter, statement.before(), Optional.of(statement));
      }
    }
  }

  private static Check result(
      Path file,
      FileReading reading,
      DeltaCounts.Counter counter,
      Place end,
      Optional<Statement> stopped) {
    RecordReader.Checkpoint checkpoint = reading.checkpoint();
    if (checkpoint == null || !checkpoint.counts().equals(counter.counts())) {
      return new Check.Refused(file + " does not have the rows that it counts");
    }
    return new Check.Sound(reading.origin(), end, counter.counts(), counter.shapes(), stopped);
  }

  private static Optional<String> difference(DeltaOrigin origin, Expected wanted) {
    if (!origin.id().equals(wanted.id())) {
      return Optional.of("it is " + origin.id() + ", not " + wanted.id());
    }
    if (!origin.plan().equals(wanted.plan())) {
      return Optional.of("it is of plan " + origin.plan() + ", not " + wanted.plan());
    }
    if (origin.serverId() != wanted.serverId()
        || !origin.serverUuid().equals(wanted.serverUuid())) {
      return Optional.of(
          "it is from another server (server_id %d %s)"
              .formatted(origin.serverId(), origin.serverUuid()));
    }
    return Optional.empty();
  }
}
