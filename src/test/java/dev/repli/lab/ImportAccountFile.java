package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.jdbc.ImportLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The account that imports changes, as a plan names it: its password in a file of its own. */
final class ImportAccountFile {
  /**
   * Writes the file and names it in the plan.
   *
   * @param plan file that says nothing of a delta yet
   * @param directory in which the password's file is made
   */
  static void add(Path plan, Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("import"), ImportLab.PASSWORD);
    assertThat(secret.toFile().setReadable(false, false)).isTrue();
    assertThat(secret.toFile().setReadable(true, true)).isTrue();
    Files.writeString(
        plan,
        "delta:\n  account: {user: repli_import, password: \"file:%s\"}\n".formatted(secret),
        StandardOpenOption.APPEND);
  }

  private ImportAccountFile() {}
}
