package dev.repli.delta.imports.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportResult.Complete;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was written on a 11.8 since the cutover, read from its binary log into a file and imported
 * into the 10.11 that it came from. Whoever does it is killed in the middle, twice.
 */
class CarriedDeltaIT {
  private static final int ROWS = 600;
  private static final int EDITED = 77;
  @TempDir private Path folder;

  @Test
  void bringsEveryChangeOfThe118IntoThe1011AndHoldsTheConflict() throws Exception {
    assumeTrue(
        DeltaLab.isThere("mariadb-11.8") && DeltaLab.isThere("mariadb-10.11"),
        "mariadb-10.11 and 11.8 are not unpacked: scripts/fetch-servers");
    try (DeltaLab source = DeltaLab.start("mariadb-10.11", 1);
        DeltaLab target = DeltaLab.start("mariadb-11.8", 2)) {
      target.run("SET GLOBAL binlog_row_metadata = FULL");
      List.of(source, target).forEach(CarriedDeltaIT::asOfTheCutover);
      source.run(ImportLab.account("import-mariadb.sql").toArray(String[]::new));
      Position from = target.position();
      write(target);
      CarriedDelta.Task task =
          new CarriedDelta.Task(
              "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0",
              target.node(),
              source.node().address().port(),
              from,
              target.position(),
              folder.resolve("delta"));
      source.run("UPDATE things SET name = 'edited here' WHERE id = " + EDITED);
      source.run("SET GLOBAL read_only = 1");

      killedAfter(1, task, target);
      killedAfter(8, task, target);
      ImportResult result = CarriedDelta.run(task, target.secrets(), ImportObserver.NOBODY);

      assertThat(result).isInstanceOf(Complete.class);
      ImportCounts counts = result.counts();
      HeldChanges held = ImportLab.held(task.repli());
      assertThat(counts.held()).isEqualTo(2).isEqualTo(held.count(CarriedDelta.ID));
      // what was applied before the last session is not done again
      assertThat(counts.applied()).isEqualTo(counts.extracted() - 2);
      Map<String, DeltaTable> tables = tables(task.file());
      DeltaTable every = requireNonNull(tables.get("app.every"));
      DeltaTable things = requireNonNull(tables.get("app.things"));
      assertThat(source.rows(every))
          .hasSize(EveryTypeImport.ROWS.size())
          .isEqualTo(target.rows(every));
      List<Row> here = source.rows(things);
      List<Row> there = target.rows(things);
      assertThat(here.stream().filter(row -> !isEdited(row)))
          .hasSizeGreaterThan(ROWS / 2)
          .containsExactlyElementsOf(there.stream().filter(row -> !isEdited(row)).toList());
      assertThat(source.text("SELECT name FROM things WHERE id = " + EDITED))
          .isEqualTo("edited here");
      long group = held.rows(CarriedDelta.ID).values().iterator().next();
      assertThat(held.changes(CarriedDelta.ID, group, 10))
          .extracting(HeldChange::kind)
          .containsExactly(HeldChange.Kind.CONFLICT, HeldChange.Kind.WAITING);
    }
  }

  private static boolean isEdited(Row row) {
    return row.cell(0).toString().equals("'" + EDITED + "'");
  }

  private static void asOfTheCutover(DeltaLab lab) {
    lab.run(
        "CREATE TABLE things (id INT PRIMARY KEY, name VARCHAR(50), amount INT)",
        "INSERT INTO things SELECT seq, 'old', seq FROM seq_1_to_" + ROWS,
        "CREATE TABLE every (" + EveryTypeImport.COLUMNS + ") ENGINE=InnoDB CHARACTER SET utf8mb4");
  }

  private static void write(DeltaLab target) {
    List<String> work = new ArrayList<>();
    work.add("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
    EveryTypeImport.ROWS.forEach(row -> work.add("INSERT INTO every VALUES " + row));
    work.add("UPDATE every SET t_varchar = NULL, t_bit = 5, t_big = t_big + 1 WHERE id = 3");
    work.add("DELETE FROM every WHERE id = 2");
    work.add("INSERT INTO every VALUES " + EveryTypeImport.ROWS.get(1));
    for (int id = 1; id <= ROWS; id++) {
      work.add(
          switch (id % 5) {
            case 0 -> "DELETE FROM things WHERE id = " + id;
            case 1 -> "INSERT INTO things VALUES (%d, 'new', 0)".formatted(id + ROWS);
            default -> "UPDATE things SET amount = amount + 1 WHERE id = " + id;
          });
    }
    work.add("UPDATE things SET name = 'written there' WHERE id = " + EDITED);
    target.run(work.toArray(String[]::new));
  }

  private static Map<String, DeltaTable> tables(Path file) {
    Map<String, DeltaTable> tables = new TreeMap<>();
    try (DeltaStream stream = new LocalDeltaFiles().read(file)) {
      while (true) {
        DeltaEvent event = stream.next(Duration.ZERO);
        if (event instanceof RowChange change) {
          tables.put(change.table().fullName(), change.table());
        } else if (event instanceof Finished) {
          return tables;
        }
      }
    }
  }

  private static void killedAfter(int commits, CarriedDelta.Task task, DeltaLab target)
      throws IOException, InterruptedException {
    Process child = CarriedDelta.start(task, target.secrets());
    try (BufferedReader lines = child.inputReader()) {
      int seen = 0;
      while (seen < commits) {
        Optional<String> line = Optional.ofNullable(lines.readLine());
        assertThat(line).as("a line after %s commits", seen).isPresent();
        assertThat(line).isNotEqualTo(Optional.of("ended"));
        seen += line.filter(text -> text.startsWith("committed")).isPresent() ? 1 : 0;
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
