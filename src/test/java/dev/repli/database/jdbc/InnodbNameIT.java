package dev.repli.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.survey.TableName;
import dev.repli.delta.DeltaLab;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MariaDB says how it spells each letter; MySQL spells them alike, but does not say. */
class InnodbNameIT {
  @Test
  void readsEveryLetterThatANameCanHave() {
    List<String> letters =
        IntStream.rangeClosed(1, Character.MAX_VALUE)
            .filter(code -> !Character.isSurrogate((char) code))
            .mapToObj(Character::toString)
            .toList();
    try (DeltaLab lab = DeltaLab.start("mariadb-11.4")) {
      String spelled =
          lab.text(
              "SELECT GROUP_CONCAT(CAST(CONVERT(CONVERT(CHAR(seq USING ucs2) USING utf8mb4)"
                  + " USING filename) AS BINARY) ORDER BY seq SEPARATOR ' ')"
                  + " FROM seq_1_to_65535 WHERE seq NOT BETWEEN 0xD800 AND 0xDFFF");

      assertThat(List.of(spelled.split(" ", -1)))
          .map(name -> InnodbName.read("app/" + name).map(TableName::name).orElseThrow())
          .containsExactlyElementsOf(letters);
    }
  }
}
