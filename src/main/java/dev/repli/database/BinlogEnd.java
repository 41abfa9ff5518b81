package dev.repli.database;

/** Where a node's binary log ends: the next event will stand at {@code offset} of {@code file}. */
public record BinlogEnd(String file, long offset) {
  /**
   * What {@link #toString} said.
   *
   * @throws IllegalArgumentException when the position is not one of file and offset
   */
  public static BinlogEnd of(Position position) {
    String text = position.value();
    int colon = text.lastIndexOf(':');
    if (position.kind() != Position.Kind.BINLOG_FILE || colon < 1) {
      throw new IllegalArgumentException("no place of a binary log: " + position);
    }
    return new BinlogEnd(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return file + ":" + offset;
  }
}
