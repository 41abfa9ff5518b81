package dev.repli.delta.file;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaStream;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The events of a finished file, one block in memory at a time. */
final class FileReading implements DeltaStream {
  private final Frames frames;
  private final DeltaOrigin origin;
  private RecordReader records = new RecordReader(new byte[0]);
  private @Nullable DeltaEvent last;
  private RecordReader.@Nullable Checkpoint checkpoint;

  FileReading(Path file) {
    this.frames = new Frames(file);
    Frame header = frames.next();
    if (header == null || header.kind != Frame.HEADER) {
      frames.close();
      throw frames.damaged("it has no header");
    }
    this.origin = Text.origin(header.content);
  }

  DeltaOrigin origin() {
    return origin;
  }

  RecordReader.@Nullable Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public DeltaEvent next(Duration atMost) {
    if (last != null) {
      return last;
    }
    while (true) {
      DeltaEvent event = record();
      if (event != null) {
        if (event instanceof DeltaEvent.Finished || event instanceof DeltaEvent.Statement) {
          end();
          last = event;
        }
        return event;
      }
      Frame block = frames.next();
      if (block == null || block.kind != Frame.BLOCK) {
        throw frames.damaged("its end is missing");
      }
      records = new RecordReader(Blocks.unpack(block.content));
    }
  }

  private @Nullable DeltaEvent record() {
    try {
      return records.next();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new DeltaFileException("a block of a delta is damaged", e);
    }
  }

  /** After the last event: its checkpoint, the end, and no byte more. */
  private void end() {
    if (record() != null) {
      throw frames.damaged("something follows its last event");
    }
    checkpoint = records.checkpoint();
    Frame end = frames.next();
    if (end == null || end.kind != Frame.END || frames.next() != null) {
      throw frames.damaged("its end is missing or something follows it");
    }
  }

  @Override
  public void close() {
    frames.close();
  }
}
