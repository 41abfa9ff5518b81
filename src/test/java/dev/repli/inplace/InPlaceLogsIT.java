package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.longwork.WorkOrder;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One byte of a binary log of a real server is wrong, and people hear of it while it serves. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class InPlaceLogsIT extends OnUpgradedLab {
  private WorkOrder order(String run, String delta) {
    return new WorkOrder(new RunKey(run), lab.plan, false, Map.of("inPlaceDelta", delta));
  }

  /** A byte of this text, which stands in one log only, changes its lowest bit. */
  private Path flip(String text) throws IOException {
    try (var logs = Files.newDirectoryStream(lab.machine.dataDirectory(), "*.0*")) {
      for (Path log : logs) {
        byte[] bytes = Files.readAllBytes(log);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
        if (at >= 0) {
          try (var channel =
              java.nio.channels.FileChannel.open(log, java.nio.file.StandardOpenOption.WRITE)) {
            byte other = (byte) (bytes[at] ^ 1);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {other}), at);
          }
          return log;
        }
      }
    }
    throw new AssertionError("no binary log has " + text);
  }

  private void refuses(InPlaceStep step, WorkOrder order, Path log, String advice)
      throws Exception {
    assertThatThrownBy(() -> bench.perform(step, order))
        .isInstanceOf(InPlaceException.class)
        .hasMessageContaining("binary log " + log.getFileName() + " is damaged")
        .hasMessageContaining("crc check failed")
        .hasMessageContaining(advice);
    assertThat(lab.ask("SELECT VERSION()")).startsWith("11.8");
    assertThat(lab.ask("SELECT @@read_only")).isEqualTo("0");
  }

  @Test
  void refusesADamagedLogBeforeAnythingIsTouched() throws Exception {
    String ofOld = "y".repeat(100);
    WorkOrder order = order("INC-1", "APPLY");
    refuses(InPlaceStep.INSPECT, order, flip(ofOld), "Put an undamaged copy of this log");
    assertThat(InPlaceFacts.end(bench.journal, order.run())).isEmpty();
    assertThat(folder.resolve("server"))
        .isDirectoryNotContaining(path -> path.toString().contains("INC-1"));

    flip("x" + ofOld.substring(1));
    write("CREATE TABLE app.named (id INT PRIMARY KEY, t VARCHAR(9)) CHARACTER SET utf8mb4");
    letsPeopleGiveUpWhatADamagedLogSinceTheUpgradeHolds();
    bench.perform(InPlaceStep.INSPECT, order);
    assertThat(bench.view.show(order.run(), lab.plan).text())
        .contains("undamaged up to", "**1**, the first: CREATE TABLE app\\.named");
    refusesOneThatWasWrittenSinceTheyWereRead(order);
  }

  private void write(String... statements) throws SQLException {
    try (Connection connection = lab.server.connect();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private void letsPeopleGiveUpWhatADamagedLogSinceTheUpgradeHolds() throws Exception {
    Path log = flip("since the upgrade");
    bench.perform(InPlaceStep.INSPECT, order("INC-2", "APPLY"));
    assertThat(bench.view.show(new RunKey("INC-2"), lab.plan).text())
        .contains("can only be given up", "is damaged");
    assertThatThrownBy(
            () -> bench.rollback.chooseEnd(order("INC-2", "APPLY"), new InPlaceBench.Watch(0)))
        .hasMessageContaining(log.getFileName().toString())
        .hasMessageContaining("give it up, or do not go back");
    bench.rollback.chooseEnd(order("INC-2", "ABANDON"), new InPlaceBench.Watch(0));
    flip("rince the upgrade");
  }

  /** The server has it open: the program takes the damage for its end. */
  private void refusesOneThatWasWrittenSinceTheyWereRead(WorkOrder order) throws Exception {
    write(
        "INSERT INTO app.orders (item) VALUES ('written later')",
        "INSERT INTO app.orders (item) VALUES ('and then this')");
    refuses(InPlaceStep.STOP, order, flip("written later"), "Nothing was stopped");
  }
}
