package dev.repli.logical;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.rollback.EvidenceTable;
import java.util.Map;
import java.util.TreeMap;

/** Counts for people. */
final class CarriedCounts {
  private static final String HEAD =
      "| table | inserted | updated | deleted |\n|---|---:|---:|---:|\n";

  /** What a form can show. */
  private static final int MOST_TABLES = 40;

  private CarriedCounts() {}

  static Map<String, DeltaCounts.Table> add(
      Map<String, DeltaCounts.Table> some, Map<String, DeltaCounts.Table> more) {
    Map<String, DeltaCounts.Table> all = new TreeMap<>(some);
    more.forEach(
        (name, rows) ->
            all.merge(
                name,
                rows,
                (one, other) ->
                    new DeltaCounts.Table(
                        one.inserts() + other.inserts(),
                        one.updates() + other.updates(),
                        one.deletes() + other.deletes(),
                        one.found() + other.found())));
    return all;
  }

  static long rows(Map<String, DeltaCounts.Table> tables) {
    return tables.values().stream()
        .mapToLong(rows -> rows.inserts() + rows.updates() + rows.deletes() + rows.found())
        .sum();
  }

  static String table(Map<String, DeltaCounts.Table> tables) {
    StringBuilder text = new StringBuilder(HEAD);
    tables.entrySet().stream()
        .limit(MOST_TABLES)
        .forEach(
            entry ->
                text.append(
                    "| %s | %d | %d | %d |\n"
                        .formatted(
                            EvidenceTable.plain(entry.getKey()),
                            entry.getValue().inserts(),
                            entry.getValue().updates(),
                            entry.getValue().deletes())));
    int left = tables.size() - MOST_TABLES;
    return left > 0 ? text + "\nand " + left + " tables more" : text.toString();
  }

  static String words(ImportCounts counts) {
    return "%d changes: %d applied, %d already there, %d abandoned, %d held for people"
        .formatted(
            counts.extracted(),
            counts.applied(),
            counts.alreadyThere(),
            counts.abandoned(),
            counts.held());
  }
}
