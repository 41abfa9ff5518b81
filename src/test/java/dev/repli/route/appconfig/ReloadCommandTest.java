package dev.repli.route.appconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadCommandTest {
  private static ReloadCommand command(String... words) {
    return new ReloadCommand(List.of(words), Duration.ofSeconds(5));
  }

  @Test
  void passesArgumentsThroughNoShell(@TempDir Path folder) {
    Path odd = folder.resolve("a; touch b $(id)");
    assertThatCode(() -> command("touch", odd.toString()).run()).doesNotThrowAnyException();
    assertThat(odd).exists();
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void saysWhichProgramIsMissing() {
    assertThatThrownBy(() -> command("no-such-program-here").run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-program-here");
  }

  @Test
  void killsWhatDoesNotEndInTime(@TempDir Path folder) throws IOException {
    Path pid = folder.resolve("pid");
    ReloadCommand slow =
        new ReloadCommand(
            List.of("sh", "-c", "echo $$ > " + pid + "; sleep 60; true"), Duration.ofSeconds(1));
    assertThatThrownBy(slow::run).isInstanceOf(IOException.class).hasMessageContaining("PT1S");
    long number = Long.parseLong(Files.readString(pid).strip());
    await()
        .untilAsserted(
            () ->
                assertThat(ProcessHandle.of(number))
                    .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        dead -> assertThat(dead.orElseThrow().isAlive()).isFalse()));
  }

  @Test
  void doesNotWaitForADaemonThatItLeavesBehind(@TempDir Path folder) throws IOException {
    Path pid = folder.resolve("pid");
    long start = System.nanoTime();
    command("sh", "-c", "sleep 30 & echo $! > " + pid).run();
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void doesNotHandItsOwnEnvironmentOn() {
    // whatever the test's environment holds beyond the few allowed names must not arrive
    assertThatCode(() -> command("sh", "-c", "test -z \"$JAVA_HOME$MAVEN_CMD_LINE_ARGS\"").run())
        .doesNotThrowAnyException();
    assertThat(System.getenv().keySet()).hasSizeGreaterThan(5);
  }

  @Test
  void showsTheEndOfALongOutput() {
    assertThatThrownBy(() -> command("sh", "-c", "seq 1 100000; echo the end; exit 1").run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("status 1")
        .hasMessageContaining("the end")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password=abc|password=***",
        "--password abc x|--password *** x",
        "Secret: abc|Secret: ***",
        "mysql://app:abc@db1/x|mysql://app:***@db1/x",
        "API_KEY=abc|API_KEY=***",
        "reloaded 3 workers|reloaded 3 workers"
      })
  void leavesOutWhatLooksLikeASecret(String said, String shown) {
    assertThat(ReloadCommand.withoutSecrets(said)).isEqualTo(shown);
  }
}
