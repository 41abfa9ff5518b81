package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.backup.BackupFacts;
import dev.repli.delta.LoggedTransaction;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five transactions in two logs between the backup and the upgrade, one of another domain. */
class EndSearchTest {
  private static final InPlaceFacts FACTS =
      new InPlaceFacts(
          Path.of("/backups/monday"),
          new BackupFacts.Start("bin.000001", 400, "0-1-10,7-1-3"),
          List.of("bin.000001", "bin.000002"),
          "0-1-14,7-1-4");
  private static final List<BinaryLog> LOGS =
      List.of(
          new BinaryLog("bin.000001", 650),
          new BinaryLog("bin.000002", 900),
          new BinaryLog("bin.000003", 500));
  private static final List<LoggedTransaction> LOGGED =
      List.of(
          logged("0-1-11", "10:00:00", "bin.000001", 400, 500),
          logged("0-1-12", "10:00:05", "bin.000001", 500, 600),
          logged("7-1-4", "10:00:05", "bin.000002", 300, 420),
          logged("0-1-13", "10:00:03", "bin.000002", 460, 600),
          logged("0-1-14", "10:01:00", "bin.000002", 600, 900),
          logged("0-2-15", "11:00:00", "bin.000003", 300, 500));

  private static LoggedTransaction logged(
      String gtid, String time, String file, long begins, long ends) {
    return new LoggedTransaction(
        gtid, Instant.parse("2026-07-14T" + time + "Z"), file, begins, ends);
  }

  private static RecoveryEnd find(String wanted) {
    return find(wanted, LOGGED);
  }

  private static RecoveryEnd find(String wanted, List<LoggedTransaction> logged) {
    EndSearch search = new EndSearch(WantedEnd.of(wanted), FACTS, LOGS);
    var unusedEnd = logged.stream().allMatch(search);
    return search.end();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-1-11               | bin.000001 | 500 | 0-1-11,7-1-3 | 1 | 4",
        "7-1-4                | bin.000002 | 420 | 0-1-12,7-1-4 | 3 | 2",
        "bin.000001:400       | bin.000001 | 400 | 0-1-10,7-1-3 | 0 | 5",
        "bin.000001:500       | bin.000001 | 500 | 0-1-11,7-1-3 | 1 | 4",
        "bin.000001:650       | bin.000001 | 600 | 0-1-12,7-1-3 | 2 | 3",
        "bin.000002:4         | bin.000001 | 600 | 0-1-12,7-1-3 | 2 | 3",
        "bin.000002:450       | bin.000002 | 420 | 0-1-12,7-1-4 | 3 | 2",
        "bin.000002:600       | bin.000002 | 600 | 0-1-13,7-1-4 | 4 | 1",
        "2026-07-14T10:00:05Z | bin.000001 | 500 | 0-1-11,7-1-3 | 1 | 4",
        "2026-07-14 10:00:06  | bin.000002 | 600 | 0-1-13,7-1-4 | 4 | 1",
      })
  void findsTheEndAndCountsWhatItGivesUp(
      String wanted, String file, long offset, String gtid, long before, long givenUp) {
    RecoveryEnd end = find(wanted);

    assertThat(end.file()).isEqualTo(file);
    assertThat(end.offset()).isEqualTo(offset);
    assertThat(Gtids.same(end.gtid(), gtid)).as(end.gtid()).isTrue();
    assertThat(end.before()).isEqualTo(before);
    assertThat(end.givenUp()).isEqualTo(givenUp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bin.000002:461       | inside transaction 0-1-13; choose 460, before it, or 600, after",
        "bin.000002:900       | nothing was written between it and the upgrade",
        "bin.000002:901       | bin.000002 ends at 900",
        "bin.000001:399       | before the backup, which stands at bin.000001:400",
        "bin.000003:300       | not one of the binary logs from the backup to the upgrade",
        "0-1-9                | the backup, which stands at 0-1-10,7-1-3 (bin.000001:400), is later",
        "0-2-15               | the upgrade at 0-1-14,7-1-4 was before it",
        "0-9-12               | 0-9-12 is not in the binary logs; look for it with mariadb-binlog",
        "0-1-14               | nothing was written between it and the upgrade",
        "2026-07-14T10:00:00Z | first transaction after the backup is 0-1-11 of 2026-07-14T10:00:00Z",
        "2026-07-14T10:30:00Z | the last transaction before that is 0-1-14 of 2026-07-14T10:01:00Z",
      })
  void saysWhyTheRecoveryCannotEndThere(String wanted, String why) {
    assertThatThrownBy(() -> find(wanted))
        .isInstanceOf(InPlaceException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Choose an end between the backup and the upgrade");
  }

  @Test
  void trustsNoLogsThatDoNotLeadToTheUpgrade() {
    assertThatThrownBy(() -> find("0-1-11", LOGGED.subList(0, 4)))
        .hasMessageContaining("lead to 0-1-13,7-1-4 and not to the upgrade at 0-1-14,7-1-4");
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday",
    "0-1",
    "'0-1-4,7-1-4'",
    "10:00:00",
    "2026-02-30T10:00:00Z",
    "bin.000001:",
    "2026-07-14T10:00:00.5Z",
    "/var/log/bin.000001:4",
    "2026-07-14T10:00:00+02:00"
  })
  void saysHowAnEndIsWritten(String typed) {
    assertThat(WantedEnd.refusal(typed, "ABANDON").orElseThrow()).contains("UTC");
  }
}
