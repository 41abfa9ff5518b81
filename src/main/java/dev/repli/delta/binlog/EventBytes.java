package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of an event, read from left to right. */
final class EventBytes {
  private static final int NULL_MARK = 251;
  private final byte[] bytes;
  private final int end;
  private int at;

  EventBytes(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  EventBytes(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  int left() {
    return end - at;
  }

  int u8() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** Least significant byte first, without sign; at most eight bytes. */
  long little(int length) {
    need(length);
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    at += length;
    return value;
  }

  /** Most significant byte first, without sign; at most eight bytes. */
  long big(int length) {
    need(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    at += length;
    return value;
  }

  int smallInt(int length) {
    return (int) little(length);
  }

  /** A whole number of one, three, four or nine bytes. */
  int packed() {
    int first = u8();
    if (first < NULL_MARK) {
      return first;
    }
    return switch (first) {
      case 252 -> smallInt(2);
      case 253 -> smallInt(3);
      case 254 -> Math.toIntExact(little(8));
      default -> throw damaged();
    };
  }

  byte[] take(int length) {
    need(length);
    byte[] part = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return part;
  }

  EventBytes part(int length) {
    need(length);
    EventBytes part = new EventBytes(bytes, at, at + length);
    at += length;
    return part;
  }

  void skip(int length) {
    need(length);
    at += length;
  }

  String text(int length) {
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] rest() {
    return take(left());
  }

  private void need(int length) {
    if (length < 0 || length > end - at) {
      throw damaged();
    }
  }

  static UnreadableDeltaException damaged() {
    return new UnreadableDeltaException(
        "an event of the binary log ends too early: it is damaged or of a kind that this release"
            + " does not know");
  }
}
