package dev.repli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs on when its Repli is gone. */
class WrappingTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  @TempDir Path folder;

  @Test
  void goesToItsEndAlthoughNobodyListensAnyMore() throws IOException {
    Path end = folder.resolve("end");
    HostCommand talks =
        HostCommand.acts(
            LIMIT,
            List.of(
                "/bin/sh",
                "-c",
                "until [ -e \"$0.go\" ]; do sleep 0.1; done;"
                    + " for line in 1 2 3; do /bin/echo $line || exit 9; done; touch \"$0\"",
                end.toString()));

    Process process =
        new ProcessBuilder(Wrapping.words(talks.toItsEnd(folder.resolve("switch")))).start();
    try (BufferedReader errors = process.errorReader()) {
      assertThat(errors.readLine()).startsWith("repli-group");
      process.getInputStream().close();
    }
    Files.createFile(folder.resolve("end.go"));

    await().atMost(LIMIT).until(() -> Files.exists(end));
    assertThat(folder.resolve("switch.said")).hasContent("1\n2\n3");
  }

  @Test
  void takesNoPipeAndNoSecretForWhatLasts() {
    Path mark = folder.resolve("switch");
    HostCommand pipe = HostCommand.acts(LIMIT, List.of("/bin/true")).into(List.of("/bin/true"));
    assertThatThrownBy(() -> pipe.toItsEnd(mark)).hasMessageContaining("what lasts");
    HostCommand lasting = HostCommand.acts(LIMIT, List.of("/bin/true")).toItsEnd(mark);
    assertThatThrownBy(() -> lasting.with(new HostCommand.Secret("x")))
        .hasMessageContaining("takes no secret");
  }
}
