package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path folder;

  @Test
  void saysHowFarItIsOfWhatItHasToWrite() throws IOException {
    LocalStage stage = new LocalStage(folder);
    stage.program("tools/mariadb", "cat", "until [ -e go ]; do sleep 0.1; done");
    stage.position = "0-1-1000020";
    CompletableFuture<Void> work = CompletableFuture.runAsync(() -> replay(stage));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> stage.watch.progress.equals("0 of 80 transactions"));
    stage.position = "0-1-1000060";
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> stage.watch.progress.equals("40 of 80 transactions"));
    Files.createFile(folder.resolve("go"));

    assertThatThrownBy(work::join)
        .hasMessageContaining("stands at 0-1-1000060,4-1-77")
        .hasMessageContaining("has to stand at 0-1-1000100,4-1-77");
    assertThat(stage.watch.progress).isEqualTo("40 of 80 transactions");
  }

  private static void replay(LocalStage stage) {
    try (Scene scene = stage.scene()) {
      new Replay(scene).upTo(List.of("bin.000001"), 4, "0-1-1000000,4-1-77", "0-1-1000100,4-1-77");
    }
  }
}
