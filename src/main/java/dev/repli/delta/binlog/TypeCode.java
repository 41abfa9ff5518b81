package dev.repli.delta.binlog;

/** Kinds of fields, as both servers number them in a table map. */
final class TypeCode {
  static final int TINY = 1;
  static final int SHORT = 2;
  static final int LONG = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int OLD_TIMESTAMP = 7;
  static final int LONGLONG = 8;
  static final int INT24 = 9;
  static final int DATE = 10;
  static final int OLD_TIME = 11;
  static final int OLD_DATETIME = 12;
  static final int YEAR = 13;
  static final int VARCHAR = 15;
  static final int BIT = 16;
  static final int TIMESTAMP2 = 17;
  static final int DATETIME2 = 18;
  static final int TIME2 = 19;
  static final int BLOB_COMPRESSED = 140;
  static final int VARCHAR_COMPRESSED = 141;
  static final int VECTOR = 242;
  static final int JSON = 245;
  static final int NEWDECIMAL = 246;
  static final int ENUM = 247;
  static final int SET = 248;
  static final int BLOB = 252;
  static final int VAR_STRING = 253;
  static final int STRING = 254;
  static final int GEOMETRY = 255;

  private TypeCode() {}

  /** How many bytes the table map has for a field of this kind. */
  static int detailBytes(int type) {
    return switch (type) {
      case FLOAT,
          DOUBLE,
          BLOB,
          JSON,
          GEOMETRY,
          VECTOR,
          TIMESTAMP2,
          DATETIME2,
          TIME2,
          BLOB_COMPRESSED ->
          1;
      case VARCHAR, VARCHAR_COMPRESSED, BIT, NEWDECIMAL, ENUM, SET, VAR_STRING, STRING -> 2;
      default -> 0;
    };
  }

  /** Whether the servers list its sign. */
  static boolean isNumeric(int type) {
    return switch (type) {
      case TINY, SHORT, INT24, LONG, LONGLONG, NEWDECIMAL, FLOAT, DOUBLE, YEAR -> true;
      default -> false;
    };
  }

  /** Whether the servers list its character set. */
  static boolean isText(int type) {
    return switch (type) {
      case VARCHAR, VARCHAR_COMPRESSED, VAR_STRING, STRING, BLOB, BLOB_COMPRESSED -> true;
      default -> false;
    };
  }
}
