package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators are told the same statements as those that the tests run with. */
class DatabaseAccountsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mariadb",
        "mysql",
        "copy-mariadb",
        "copy-mysql",
        "import-mariadb",
        "import-mysql"
      })
  void thePageForOperatorsHasTheStatementsOfTheTests(String kind) throws IOException {
    String page = Files.readString(Path.of("docs/database-accounts.md"));
    Path file = Path.of("src/main/resources/accounts/" + kind + ".sql");
    List<String> statements =
        Files.readAllLines(file).stream().map(s -> s.replaceAll("\\$\\{[a-z]*}", "…")).toList();

    assertThat(statements).isNotEmpty().allSatisfy(s -> assertThat(page).contains(s));
  }
}
