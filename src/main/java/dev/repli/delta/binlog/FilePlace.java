package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;

/** {@code file:offset}. */
record FilePlace(String file, long offset) {
  static FilePlace of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,18}")) {
      throw new UnreadableDeltaException("\"" + text + "\" is not a file and offset: file:4711");
    }
    return new FilePlace(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }
}
