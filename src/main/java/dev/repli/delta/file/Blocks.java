package dev.repli.delta.file;

import dev.repli.delta.DeltaFileException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A block's content: one byte that says whether it ends between two transactions, four bytes of
 * plain length, zlib.
 */
final class Blocks {
  static final int HEAD = 5;
  private static final int PIECE = 1 << 16;

  private Blocks() {}

  static byte[] pack(byte[] plain, boolean boundary) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + HEAD);
      out.write(boundary ? 1 : 0);
      out.writeBytes(ByteBuffer.allocate(4).putInt(plain.length).array());
      deflater.setInput(plain);
      deflater.finish();
      byte[] piece = new byte[PIECE];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static boolean isBoundary(byte[] content) {
    return content.length > HEAD && content[0] == 1;
  }

  static byte[] unpack(byte[] content) {
    Inflater inflater = new Inflater();
    try {
      int length = ByteBuffer.wrap(content, 1, 4).getInt();
      if (length < 0 || length > Frame.MOST) {
        throw new DeltaFileException("a block has an impossible length");
      }
      byte[] plain = new byte[length];
      inflater.setInput(content, HEAD, content.length - HEAD);
      int at = 0;
      while (at < length && !inflater.finished() && !inflater.needsInput()) {
        at += inflater.inflate(plain, at, length - at);
      }
      if (at != length) {
        throw new DeltaFileException("a block is shorter than it says");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new DeltaFileException("a block cannot be unpacked", e);
    } finally {
      inflater.end();
    }
  }
}
