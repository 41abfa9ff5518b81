package dev.repli.delta.file;

import dev.repli.delta.DeltaFileException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a file one by one and checks each. */
final class Frames implements AutoCloseable {
  static final byte[] MAGIC = "REPLI-DELTA 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int READ_AHEAD = 1 << 16;
  private final Path file;
  private final DataInputStream in;
  private byte[] before = MAGIC;
  private long at = MAGIC.length;

  Frames(Path file) {
    this.file = file;
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), READ_AHEAD);
      this.in = new DataInputStream(raw);
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        in.close();
        throw new DeltaFileException(file + " is not a delta that this release can read");
      }
    } catch (IOException e) {
      throw new DeltaFileException("reading " + file, e);
    }
  }

  /** The next part; {@code null} at the end of the file. */
  @Nullable Frame next() {
    try {
      int kind = in.read();
      if (kind < 0) {
        return null;
      }
      int length = in.readInt();
      if (length < 0 || length > Frame.MOST) {
        throw damaged("it has an impossible length");
      }
      byte[] content = in.readNBytes(length);
      byte[] seal = in.readNBytes(Frame.SEAL);
      if (seal.length < Frame.SEAL) {
        throw damaged("it ends there");
      }
      byte[] prefix = ByteBuffer.allocate(Frame.PREFIX).put((byte) kind).putInt(length).array();
      if (!Arrays.equals(seal, Frame.seal(before, prefix, content))) {
        throw damaged("its checksum is wrong");
      }
      before = seal;
      at += Frame.PREFIX + length + Frame.SEAL;
      return new Frame((byte) kind, content, seal);
    } catch (EOFException e) {
      throw damaged("it ends there");
    } catch (IOException e) {
      throw new DeltaFileException("reading " + file, e);
    }
  }

  /** Where the part after the last one begins. */
  long at() {
    return at;
  }

  DeltaFileException damaged(String why) {
    return new DeltaFileException(file + " is damaged at byte " + at + ": " + why);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DeltaFileException("closing " + file, e);
    }
  }
}
