package dev.repli.delta.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A part of the file: one letter of kind, four bytes of length, the content, and the SHA-256 of the
 * previous part's SHA-256, the kind, the length and the content.
 */
final class Frame {
  static final byte HEADER = 'H';
  static final byte BLOCK = 'B';
  static final byte END = 'E';
  static final int PREFIX = 5;
  static final int SEAL = 32;

  /** Larger than any block: one event of the server at most, a gibibyte. */
  static final int MOST = (1 << 30) + (1 << 26);

  final byte kind;
  final byte[] content;
  final byte[] seal;

  Frame(byte kind, byte[] content, byte[] seal) {
    this.kind = kind;
    this.content = content;
    this.seal = seal;
  }

  static byte[] prefix(byte kind, int length) {
    return ByteBuffer.allocate(PREFIX).put(kind).putInt(length).array();
  }

  static byte[] seal(byte[] before, byte[] prefix, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      digest.update(prefix);
      return digest.digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
