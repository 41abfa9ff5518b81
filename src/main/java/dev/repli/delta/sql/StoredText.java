package dev.repli.delta.sql;

import dev.repli.delta.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Text as a server stores it. */
public final class StoredText {
  private static final Set<String> UTF8 = Set.of("utf8mb4", "utf8mb3", "utf8");

  /** The server's latin1 is windows-1252 whose five empty places are control characters. */
  private static final char[] LATIN1 = latin1();

  private StoredText() {}

  /** Whether Java writes and reads the character set exactly as the server does. */
  public static boolean isExact(String charset) {
    return UTF8.contains(charset) || charset.equals("latin1") || charset.equals("ascii");
  }

  /** Text where it is exact, else the bytes as they are. The array belongs to the cell. */
  public static Cell cell(String charset, byte[] stored) {
    if (UTF8.contains(charset)) {
      String text = new String(stored, StandardCharsets.UTF_8);
      return text.indexOf('\uFFFD') < 0
              || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), stored)
          ? new Cell.Text(text)
          : new Cell.Bytes(stored);
    }
    if (charset.equals("latin1")) {
      char[] text = new char[stored.length];
      for (int i = 0; i < stored.length; i++) {
        text[i] = LATIN1[stored[i] & 0xFF];
      }
      return new Cell.Text(new String(text));
    }
    return charset.equals("ascii") && isAscii(stored)
        ? new Cell.Text(new String(stored, StandardCharsets.US_ASCII))
        : new Cell.Bytes(stored);
  }

  private static boolean isAscii(byte[] stored) {
    for (byte b : stored) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static char[] latin1() {
    char[] table = new char[256];
    String upper =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
            + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
    for (int i = 0; i < table.length; i++) {
      table[i] = i >= 0x80 && i < 0xA0 ? upper.charAt(i - 0x80) : (char) i;
    }
    return table;
  }
}
