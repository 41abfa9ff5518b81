package dev.repli.comparison;

import dev.repli.comparison.TableShape.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as it is compared: the columns that both nodes have, and the key that both know.
 *
 * @param index name of the key; empty when rows are told apart by their content only
 * @param notes what else differs, for people
 */
public record ComparedTable(
    TableName name,
    List<Cell> cells,
    List<KeyCell> key,
    Optional<String> index,
    boolean versioned,
    List<String> notes) {
  private static final Set<String> LARGE =
      Set.of("mediumblob", "longblob", "mediumtext", "longtext", "json");

  public ComparedTable {
    cells = List.copyOf(cells);
    key = List.copyOf(key);
    notes = List.copyOf(notes);
  }

  /**
   * A column to compare.
   *
   * @param variable whether its length is free, so that it could run into the next one
   * @param large whether it may be larger than a server puts together in one text
   */
  public record Cell(String column, CellForm form, boolean variable, boolean large) {}

  /** A column of the key. */
  public record KeyCell(String column, KeyForm form) {}

  static ComparedTable of(TableName name, TableShape from, TableShape to) {
    List<Cell> cells = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Column column : from.columns()) {
      to.column(column.name())
          .ifPresent(
              other -> {
                CellForm form = CellForm.of(column, other);
                boolean variable = form == CellForm.BYTES || form == CellForm.CONVERTED;
                cells.add(new Cell(column.name(), form, variable, LARGE.contains(column.type())));
                unlike(column, other).ifPresent(notes::add);
              });
    }
    boolean keyed = !from.keyColumns().isEmpty() && from.keyColumns().equals(to.keyColumns());
    boolean sameName = from.key().equals(to.key());
    return new ComparedTable(
        name,
        cells,
        keyed ? key(from, to) : List.of(),
        keyed && sameName ? from.key() : Optional.empty(),
        from.versioned() && to.versioned(),
        notes);
  }

  private static List<KeyCell> key(TableShape from, TableShape to) {
    return from.keyColumns().stream()
        .map(
            name ->
                new KeyCell(
                    name,
                    KeyForm.of(from.column(name).orElseThrow(), to.column(name).orElseThrow())))
        .toList();
  }

  private static Optional<String> unlike(Column one, Column other) {
    if (!one.collation().equals(other.collation())) {
      return Optional.of(
          "column %s: collation %s here, %s there: rows sort and match differently"
              .formatted(one.name(), shown(one.collation()), shown(other.collation())));
    }
    return one.type().equals(other.type())
        ? Optional.empty()
        : Optional.of(
            "column %s: type %s here, %s there".formatted(one.name(), one.type(), other.type()));
  }

  private static String shown(String collation) {
    return collation.isEmpty() ? "none" : collation;
  }

  /** Columns, or versioning, that only one node has: such a table cannot be equal. */
  static List<String> misfits(TableShape from, TableShape to) {
    List<String> misfits = new ArrayList<>();
    Set<String> here = names(from);
    Set<String> there = names(to);
    here.stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> misfits.add("column " + name + " is missing on the other node"));
    there.stream()
        .filter(name -> !here.contains(name))
        .forEach(name -> misfits.add("column " + name + " is on the other node only"));
    if (from.versioned() != to.versioned()) {
      misfits.add("system versioning is on one node only");
    }
    return misfits;
  }

  private static Set<String> names(TableShape shape) {
    return new HashSet<>(shape.columns().stream().map(Column::name).toList());
  }

  /** Whether ranges of the key hold the same rows on both nodes. */
  boolean ordered() {
    return index.isPresent()
        && key.stream().noneMatch(cell -> cell.form() == KeyForm.UNORDERED_TEXT);
  }

  public boolean keyed() {
    return !key.isEmpty();
  }

  /** Whether {@code CHECKSUM TABLE} means the same on both: same bytes in the same columns. */
  static boolean sameBytes(TableShape from, TableShape to) {
    return !from.versioned() && !to.versioned() && storage(from).equals(storage(to));
  }

  private static List<String> storage(TableShape shape) {
    return shape.columns().stream()
        .map(column -> column.name() + " " + column.fullType() + " " + column.charset())
        .toList();
  }
}
