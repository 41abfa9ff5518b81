package dev.repli.delta;

import java.util.Arrays;
import java.util.HexFormat;

/** One value of a row, in the form in which the server itself writes it. */
public sealed interface Cell {
  Cell NULL = new Null();

  /** No value. */
  record Null() implements Cell {
    @Override
    public String toString() {
      return "NULL";
    }
  }

  /**
   * Text as the server writes it: numbers in decimal with their declared scale, FLOAT with the
   * digits of the same DOUBLE, times with their declared fraction (TIMESTAMP in UTC, zero dates as
   * they are), bit fields as an unsigned number, ENUM and SET as their names, JSON as text, UUID
   * and network addresses in their usual spelling.
   */
  record Text(String value) implements Cell {
    @Override
    public String toString() {
      return "'" + value + "'";
    }
  }

  /**
   * Stored bytes: binary columns at their full length, geometry as SRID and WKB, and text in a
   * character set (or with bytes) that has no exact form in Java, in the column's character set.
   */
  final class Bytes implements Cell {
    private final byte[] value;

    /** The array belongs to the cell from now on. */
    public Bytes(byte[] value) {
      this.value = value;
    }

    /** Not to be changed. */
    public byte[] value() {
      return value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "0x" + HexFormat.of().formatHex(value);
    }
  }
}
