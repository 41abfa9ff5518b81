package dev.repli.database.survey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tables of all schemas but the server's own.
 *
 * @param hidden tables that exist, but that Repli's account may not see
 */
public record Tables(
    List<Table> all,
    List<Column> columns,
    List<Index> indexes,
    List<ForeignKey> foreignKeys,
    List<TableName> hidden) {
  public Tables {
    all = List.copyOf(all);
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    hidden = List.copyOf(hidden);
  }

  /** Tables that hold rows of applications: no views, no sequences. */
  public List<Table> holdingRows() {
    return all.stream().filter(Table::holdsRows).toList();
  }

  public Map<TableName, Table> byName() {
    return all.stream().collect(Collectors.toMap(Table::name, t -> t, (a, b) -> a, TreeMap::new));
  }

  /** Columns of tables that hold rows. */
  public List<Column> columns(Predicate<Column> wanted) {
    Set<TableName> rows = holdingRows().stream().map(Table::name).collect(Collectors.toSet());
    return columns.stream().filter(c -> rows.contains(c.table())).filter(wanted).toList();
  }

  /**
   * A table.
   *
   * @param type {@code BASE TABLE}, {@code SYSTEM VERSIONED}, {@code VIEW}, {@code SEQUENCE}
   * @param rows estimated
   * @param nextNumber next AUTO_INCREMENT value, or next value of a sequence that is not cached
   */
  public record Table(
      TableName name,
      String type,
      String engine,
      String collation,
      String options,
      long rows,
      OptionalLong nextNumber) {
    public boolean holdsRows() {
      return type.equals("BASE TABLE") || isVersioned();
    }

    public boolean isVersioned() {
      return type.equals("SYSTEM VERSIONED");
    }
  }

  /**
   * A column.
   *
   * @param type whole type, for example {@code bigint(20) unsigned}
   * @param collation empty for types without one
   * @param fallback default value as SQL text; empty when there is none
   * @param generated expression it is computed by; empty when it is stored as given
   */
  public record Column(
      TableName table,
      String name,
      int position,
      String dataType,
      String type,
      boolean nullable,
      Optional<String> collation,
      Optional<String> fallback,
      String extra,
      String generated) {
    public boolean invisible() {
      return extra.contains("INVISIBLE");
    }

    @Override
    public String toString() {
      return table + "." + name;
    }
  }

  /**
   * An index.
   *
   * @param parts columns in order; an expression where it indexes one
   * @param nullable whether one of its columns may be NULL
   */
  public record Index(
      TableName table,
      String name,
      boolean unique,
      boolean nullable,
      List<String> parts,
      boolean functional) {
    public Index {
      parts = List.copyOf(parts);
    }
  }

  /** A foreign key from one table to another. */
  public record ForeignKey(TableName table, String name, TableName references) {}
}
