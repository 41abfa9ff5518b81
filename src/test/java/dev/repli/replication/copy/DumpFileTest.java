package dev.repli.replication.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTest {
  private static final String BODY =
      """
      /*!40101 SET NAMES utf8mb4 */;
      -- CHANGE MASTER TO MASTER_LOG_FILE='bin.000001', MASTER_LOG_POS=317385;
      %s
      -- Current Database: `app`
      CREATE DATABASE `app`;
      -- Table structure for table `a`
      CREATE TABLE `a` (id INT);
      -- Table structure for table `b`
      CREATE TABLE `b` (id INT);
      DELIMITER ;;
      CREATE PROCEDURE p() BEGIN
      -- Table structure for table `c`
      -- SET GLOBAL gtid_slave_pos='9-9-9';
      END ;;
      DELIMITER ;
      %s
      -- Dump completed on 2026-11-21
      """;

  @TempDir Path directory;

  private Path dump(String head, String tail) throws IOException {
    return Files.writeString(directory.resolve("dump"), BODY.formatted(head, tail));
  }

  @Test
  void readsTheGtidThatANewDumpSaysAtItsEnd() throws IOException {
    Path dump = dump("-- the slave gtid state is printed later in the file.", gtid("0-1-12,3-1-4"));

    assertThat(DumpFile.position(dump))
        .isEqualTo(new Position(Position.Kind.MARIADB_GTID, "0-1-12,3-1-4"));
  }

  @Test
  void readsThePlaceOfADumpOfMySql() throws IOException {
    Path dump = Files.writeString(directory.resolve("dump"), "-- nothing\n");
    assertThatThrownBy(() -> DumpFile.position(dump)).hasMessageContaining("does not say");

    Files.writeString(
        dump, "-- CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='b.000002', SOURCE_LOG_POS=158;\n");
    assertThat(DumpFile.position(dump))
        .isEqualTo(new Position(Position.Kind.BINLOG_FILE, "b.000002:158"));
  }

  @Test
  void cutsBetweenTablesAndNeverInsideAStoredProgram() throws IOException {
    DumpFile dump = DumpFile.read(dump("", ""), 1);

    assertThat(dump.parts()).hasSize(3);
    assertThat(part(dump, 1)).contains("SET NAMES", "USE `app`;", "`a`").doesNotContain("`b`");
    assertThat(part(dump, 2)).contains("`b`", "CREATE PROCEDURE", "`c`").doesNotContain("`a`");
  }

  @Test
  void aDumpWithoutItsLastLineIsNotComplete() throws IOException {
    Path dump = dump("", "");
    assertThat(DumpFile.isComplete(dump)).isTrue();

    Files.writeString(dump, Files.readString(dump).substring(0, 200));
    assertThat(DumpFile.isComplete(dump)).isFalse();
  }

  private static String part(DumpFile dump, int number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    dump.write(dump.parts().get(number), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String gtid(String position) {
    return "-- SET GLOBAL gtid_slave_pos='" + position + "';";
  }
}
