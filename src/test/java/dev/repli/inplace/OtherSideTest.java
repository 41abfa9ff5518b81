package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.backup.BackupFacts;
import dev.repli.journal.Evidence.Milestone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes writes when a node is opened again, at the end or by an undo. */
class OtherSideTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private LocalStage stage;

  @BeforeEach
  void make() throws IOException {
    stage = new LocalStage(folder);
    stage.position = "0-1-9";
    note(
        new InPlaceFacts(
                folder.resolve("monday"),
                new BackupFacts.Start("bin.000001", 4, "0-1-5"),
                List.of("bin.000001"),
                "0-1-7")
            .milestone("db"));
    note(new InPlaceFacts.End("0-1-9", List.of("bin.000002"), false).milestone("db"));
    stage.database.target().readOnly(true);
  }

  private void note(Milestone milestone) {
    stage.journal.append(LocalStage.RUN, milestone);
  }

  private void stopBegun(boolean fenced) {
    note(new Milestone(StopInPlace.BEGUN, "begun", Map.of("fenced", String.valueOf(fenced))));
  }

  private void open() {
    try (Scene scene = stage.scene()) {
      new OpenInPlace().perform(scene);
    }
  }

  private void undo() {
    try (Scene scene = stage.scene()) {
      UndoInPlace.perform(scene);
    }
  }

  @Test
  void staysClosedWhereTheOtherCameBackAndTakesWrites() {
    stage.database.source().readOnly(false);
    assertThatThrownBy(this::open)
        .hasMessageContaining("accepts writes, so")
        .hasMessageContaining("fence it");
    assertThat(stage.database.target().readOnly()).isTrue();

    stage.database.source().readOnly(true);
    open();
    assertThat(stage.database.target().readOnly()).isFalse();
  }

  @Test
  void opensWhereTheOtherIsGone() {
    stage.database.source().failOn("connect");
    open();
    assertThat(stage.database.target().readOnly()).isFalse();
  }

  @Test
  void saysThatItIsOpenOnlyOnceTheOtherIsKnownNotToWrite() {
    stage.database.source().readOnly(false);
    assertThatThrownBy(this::open).hasMessageContaining("accepts writes, so");

    assertThat(stage.journal.newestMilestone(LocalStage.RUN, OpenInPlace.OPENED)).isEmpty();
  }

  @Test
  void undoesToAServerThatTakesWritesUnlessTheOtherDoes() {
    stopBegun(false);
    stage.database.source().readOnly(false);
    assertThatThrownBy(this::undo).hasMessageContaining("accepts writes, so");
    assertThat(stage.database.target().readOnly()).isTrue();

    stage.database.source().readOnly(true);
    undo();
    assertThat(stage.database.target().readOnly()).isFalse();
  }

  @Test
  void undoesToAServerThatRefusesWritesWhereSomebodyHadFencedIt() {
    stopBegun(true);
    // a fence that was set at run time is gone with the restart
    stage.database.target().readOnly(false);
    undo();
    assertThat(stage.database.target().readOnly()).isTrue();
    assertThat(stage.journal.newestMilestone(LocalStage.RUN, UndoInPlace.UNDONE))
        .get()
        .asString()
        .contains("refuses writes, as before");
  }
}
