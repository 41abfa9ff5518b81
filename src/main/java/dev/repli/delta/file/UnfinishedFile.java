package dev.repli.delta.file;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What counts of a file whose writer died: everything up to the last block that ends between two
 * transactions.
 */
final class UnfinishedFile {
  private Optional<DeltaOrigin> header = Optional.empty();
  private long length;
  private byte[] seal = Frames.MAGIC;
  private Optional<RecordReader.Checkpoint> checkpoint = Optional.empty();

  private UnfinishedFile() {}

  static UnfinishedFile look(Path part) {
    UnfinishedFile file = new UnfinishedFile();
    try {
      if (Files.size(part) < Frames.MAGIC.length) {
        return file;
      }
    } catch (IOException e) {
      throw new DeltaFileException("reading " + part, e);
    }
    byte[] boundary = new byte[0];
    try (Frames frames = new Frames(part)) {
      for (Frame frame = next(frames); frame != null; frame = next(frames)) {
        if (frame.kind == Frame.HEADER) {
          file.header = Optional.of(Text.origin(frame.content));
        } else if (frame.kind != Frame.BLOCK || !Blocks.isBoundary(frame.content)) {
          continue;
        } else {
          boundary = frame.content;
        }
        file.length = frames.at();
        file.seal = frame.seal;
      }
    }
    if (boundary.length > 0) {
      RecordReader records = new RecordReader(Blocks.unpack(boundary));
      while (records.next() != null) {
        // only the checkpoint at the end is of interest
      }
      file.checkpoint = Optional.ofNullable(records.checkpoint());
    }
    return file;
  }

  /** A torn end is what a killed writer leaves. */
  private static @org.jspecify.annotations.Nullable Frame next(Frames frames) {
    try {
      return frames.next();
    } catch (DeltaFileException torn) {
      return null;
    }
  }

  Optional<DeltaOrigin> header() {
    return header;
  }

  long length() {
    return length;
  }

  byte[] seal() {
    return seal;
  }

  Optional<Place> reached() {
    return checkpoint.map(RecordReader.Checkpoint::reached);
  }

  DeltaCounts counts() {
    return checkpoint.map(RecordReader.Checkpoint::counts).orElse(DeltaCounts.NONE);
  }
}
