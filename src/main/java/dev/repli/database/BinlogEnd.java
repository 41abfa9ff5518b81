package dev.repli.database;

/** Where a node's binary log ends: the next event will stand at {@code offset} of {@code file}. */
public record BinlogEnd(String file, long offset) {
  @Override
  public String toString() {
    return file + ":" + offset;
  }
}
