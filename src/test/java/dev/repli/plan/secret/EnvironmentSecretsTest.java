package dev.repli.plan.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets.UnresolvedSecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSecretsTest {
  private final Map<String, String> environment = Map.of("PW", "hunter2", "EMPTY", "");
  private final EnvironmentSecrets secrets = new EnvironmentSecrets(environment::get);

  @TempDir Path directory;

  @Test
  void readsAVariable() {
    assertThat(secrets.resolve(new SecretRef("env:PW"))).isEqualTo("hunter2");
  }

  @Test
  void namesTheVariableThatIsNotSetOrEmpty() {
    assertThatThrownBy(() -> secrets.resolve(new SecretRef("env:NONE")))
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessage("secret env:NONE cannot be read: the environment variable NONE is not set");
    assertThatThrownBy(() -> secrets.resolve(new SecretRef("env:EMPTY")))
        .hasMessage("secret env:EMPTY cannot be read: it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "hunter2\n", "hunter2\r\n"})
  void readsAFileWithoutItsLastLineBreak(String text) throws IOException {
    assertThat(secrets.resolve(file(text, "rw-r-----"))).isEqualTo("hunter2");
  }

  @Test
  void takesAwayOneLineBreakOnly() throws IOException {
    assertThat(secrets.resolve(file("hunter2\n\n", "rw-------"))).isEqualTo("hunter2\n");
  }

  @Test
  void refusesAFileThatEverybodyCanRead() throws IOException {
    SecretRef reference = file("hunter2", "rw-r--r--");

    assertThatThrownBy(() -> secrets.resolve(reference))
        .hasMessage(
            "secret "
                + reference.value()
                + " cannot be read: every user of this machine can read the file; run chmod o-rwx"
                + " on it");
  }

  @Test
  void refusesWhatIsNoSecretFile() throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 1});
    Path large = Files.writeString(directory.resolve("large"), "x".repeat(65_537));
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rw-------"));

    assertRefused(directory.resolve("none"), "the file does not exist");
    assertRefused(directory, "it is not a file of at most 64 KiB");
    assertRefused(large, "it is not a file of at most 64 KiB");
    assertRefused(binary, "the file is not text in UTF-8");
    assertThatThrownBy(() -> secrets.resolve(file("\n", "rw-------")))
        .hasMessageEndingWith("it is empty");
  }

  private void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> secrets.resolve(new SecretRef("file:" + path)))
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessageEndingWith(why);
  }

  private SecretRef file(String text, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return new SecretRef("file:" + file);
  }
}
