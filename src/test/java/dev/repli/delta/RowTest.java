package dev.repli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows are compared by the content of their cells: that is how a conflict is found. */
class RowTest {
  @Test
  void rowsAreEqualWhenEachCellIs() {
    assertThat(row(new byte[] {0, 1})).isEqualTo(row(new byte[] {0, 1}));
    assertThat(row(new byte[] {0, 1})).hasSameHashCodeAs(row(new byte[] {0, 1}));
    assertThat(row(new byte[] {0, 1})).isNotEqualTo(row(new byte[] {0, 1, 0}));
  }

  @Test
  void noValueAnEmptyTextAndNoBytesAreThreeThings() {
    assertThat(Cell.NULL).isNotEqualTo(new Cell.Text(""));
    assertThat(Cell.NULL).isNotEqualTo(new Cell.Bytes(new byte[0]));
    assertThat((Cell) new Cell.Text("")).isNotEqualTo(new Cell.Bytes(new byte[0]));
  }

  private static Row row(byte[] bytes) {
    return Row.of(new Cell.Text("7"), Cell.NULL, new Cell.Bytes(bytes));
  }
}
