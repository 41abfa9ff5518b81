package dev.repli.delta.file;

/** Numbers with a meaning in a block. */
final class Tag {
  static final int TABLE = 1;
  static final int BEGIN = 2;
  static final int INSERT = 3;
  static final int UPDATE = 4;
  static final int DELETE = 5;
  static final int FOUND = 6;
  static final int END = 7;
  static final int STATEMENT = 8;
  static final int CHECKPOINT = 9;
  static final int FINISHED = 10;
  static final int PASSED = 11;

  /** A cell without value. */
  static final int NULL = 0;

  /** A cell that did not change in an update. */
  static final int SAME = 1;

  /** From here on: twice the length, plus one for bytes. */
  static final int FIRST_LENGTH = 2;

  static final int UNSIGNED = 1;
  static final int NULLABLE = 2;
  static final int GENERATED = 4;

  private Tag() {}
}
