package dev.repli.delta;

import java.util.Arrays;
import java.util.List;

/** One row: a cell for each column of its {@link DeltaTable}, in that order. */
public final class Row {
  private final Cell[] cells;

  private Row(Cell[] cells) {
    this.cells = cells;
  }

  /** The array belongs to the row from now on. */
  public static Row of(Cell... cells) {
    return new Row(cells);
  }

  public Cell cell(int column) {
    return cells[column];
  }

  public int size() {
    return cells.length;
  }

  public List<Cell> cells() {
    return List.of(cells);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row row && Arrays.equals(cells, row.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return Arrays.toString(cells);
  }
}
