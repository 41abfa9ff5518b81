package dev.repli.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "CREATE USER u IDENTIFIED BY 'hunter2'~CREATE USER u IDENTIFIED BY ***",
        "create user u identified  by \"hunter2\" require ssl~create user u identified  by *** require ssl",
        "ALTER USER u IDENTIFIED BY PASSWORD '*AB12'~ALTER USER u IDENTIFIED BY PASSWORD ***",
        "ALTER USER u IDENTIFIED WITH caching_sha2_password BY 'hunter2'~ALTER USER u IDENTIFIED WITH caching_sha2_password BY ***",
        "ALTER USER u IDENTIFIED VIA mysql_native_password USING PASSWORD('hunter2')~ALTER USER u IDENTIFIED VIA mysql_native_password USING PASSWORD(***)",
        "MASTER_PASSWORD='hun''ter2', MASTER_PORT=3306~MASTER_PASSWORD=***, MASTER_PORT=3306",
        "SOURCE_PASSWORD = 'hunter\\'2' FOR CHANNEL ''~SOURCE_PASSWORD = *** FOR CHANNEL ''",
        "SET PASSWORD FOR u@h = PASSWORD('hunter2')~SET PASSWORD FOR u@h = PASSWORD(***)",
        "SET PASSWORD = 'hunter2'~SET PASSWORD = ***",
        "jdbc:mariadb://h/db?user=u&password=hunter2&x=1~jdbc:mariadb://h/db?user=u&password=***&x=1",
        "curl https://ada:hunter2@host/~curl https://ada:***@host/",
        "Authorization: Basic aGk6aHVudGVyMg==~Authorization: Basic ***",
        "MASTER_PASSWORD='cut off hunter2~MASTER_PASSWORD=***",
      })
  void masksTheSecretAndKeepsTheRest(String text, String masked) {
    assertThat(Redaction.redact(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET GLOBAL read_only=1",
        "SELECT 'a' FROM t WHERE name='password'",
        "CHANGE MASTER TO MASTER_HOST='db1', MASTER_USE_GTID=slave_pos",
        "the password of repl@db2 is expired",
      })
  void leavesOtherTextsAlone(String text) {
    assertThat(Redaction.redact(text)).isEqualTo(text);
  }

  @Test
  void masksAFactThatIsNamedLikeASecret() {
    Evidence written = new Evidence.Milestone("M", "t", Map.of("adminPassword", "hunter2"));
    assertThat(EvidenceJson.write(written)).contains("\"adminPassword\":\"***\"");
  }

  @Test
  void writesKeysInOrderAndAsciiOnly() {
    Evidence written =
        new Evidence.Milestone("M", "déjà \uD83D\uDE00", Map.of("b", "2", "a", "1", "c", "3"));
    assertThat(EvidenceJson.write(written))
        .isEqualTo(
            "{\"facts\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"},\"name\":\"M\","
                + "\"text\":\"d\\u00E9j\\u00E0 \\uD83D\\uDE00\",\"type\":\"milestone\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "SET PASSWORD ", "password='\\'", "''", "x://", "IDENTIFIED BY "})
  @Timeout(10)
  void isNotSlowedDownByHostileTexts(String piece) {
    String text = "MASTER_PASSWORD='" + piece.repeat(20_000);
    assertThatCode(
            () -> {
              Redaction.redact(piece.repeat(20_000));
              EvidenceJson.write(new Evidence.StatementRun("n", text, Duration.ZERO, "ok"));
            })
        .doesNotThrowAnyException();
  }
}
