package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.longwork.WorkLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages that are replaced half-way leave no server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SwitchVersionTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String OLD =
      "printf '#!/bin/bash\\necho Ver 10.11.18-MariaDB\\n' >mariadbd; chmod +x mariadbd";
  private static final String WAIT = "until [ -e go ]; do sleep 0.1; done";
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private LocalStage stage;

  @BeforeEach
  void make() throws IOException {
    stage = new LocalStage(folder);
  }

  private void perform() {
    try (Scene scene = stage.scene()) {
      new SwitchVersion().perform(scene);
    }
  }

  private String whyNotUndone() {
    try (Scene scene = stage.scene()) {
      return UndoInPlace.refusal(scene).orElse("");
    }
  }

  private void begin() {
    stage.journal.append(LocalStage.RUN, Notes.milestone(SwitchVersion.BEGUN, "begun before"));
  }

  private boolean is(String name) {
    return Files.exists(folder.resolve(name));
  }

  @Test
  void goesToItsEndAlthoughTheWorkIsTakenAway() throws IOException {
    stage.program("switch-back", "rm mariadbd", "touch begun", WAIT, OLD, "touch whole");
    CompletableFuture<Void> work = CompletableFuture.runAsync(this::perform);
    await().atMost(LIMIT).until(() -> is("begun"));
    stage.watch.cancellation().request();
    Files.createFile(folder.resolve("go"));

    assertThatThrownBy(work::join).hasCauseInstanceOf(WorkLostException.class);
    assertThat(is("whole")).isTrue();
  }

  @Test
  void waitsForTheOneThatARepliThatIsGoneLeftRunning() throws IOException {
    stage.program("switch-back", OLD, "touch begun", WAIT, "touch whole");
    CompletableFuture<Void> gone = CompletableFuture.runAsync(this::perform);
    await().atMost(LIMIT).until(() -> is("begun"));
    assertThat(whyNotUndone()).contains("is being switched right now");
    stage.pause =
        time -> {
          stage.pause = later -> {};
          touch("go");
        };

    perform();
    assertThat(is("whole")).as("it has ended").isTrue();
    gone.join();
  }

  private void touch(String name) {
    try {
      Files.createFile(folder.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void switchesAgainWhereItWasKilledHalfWayAndNothingRuns() throws IOException {
    begin();
    Files.delete(folder.resolve("mariadbd"));
    stage.program("switch-back", OLD);
    assertThat(whyNotUndone()).contains("does not run", "switches the version again");

    perform();
    assertThat(whyNotUndone()).contains("the release before is in place already");
  }

  @Test
  void switchesAgainWhereNobodySawItEndAndOnlyThere() throws IOException {
    begin();
    stage.program("mariadbd", "echo Ver 10.11.18-MariaDB");
    stage.program("switch-back", "echo once more >>switched");

    perform();
    perform();
    assertThat(folder.resolve("switched")).hasContent("once more");
  }

  @Test
  void failsWhereTheSwitchLeavesNoProgram() throws IOException {
    stage.program("switch-back", "rm mariadbd");
    assertThatThrownBy(this::perform)
        .hasMessageContaining("does not run after the switch")
        .hasMessageContaining("data.repli-in-place.said");
  }

  @Test
  void undoesNothingThatWasNotSwitched() {
    assertThat(whyNotUndone()).isEmpty();
  }
}
