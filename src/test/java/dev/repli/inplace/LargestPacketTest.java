package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed Repli leaves to the next one: the packet limit as before, and no line twice. */
class LargestPacketTest {
  private static final long BEFORE = 16 << 20;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // made before each test
  private LocalStage stage;

  @BeforeEach
  void begin() throws IOException {
    stage = new LocalStage(folder);
  }

  private void raise() {
    try (Scene scene = stage.scene();
        UpgradedServer server = scene.server()) {
      new LargestPacket(scene).raise(server);
    }
  }

  private void asBefore() {
    try (Scene scene = stage.scene();
        UpgradedServer server = scene.server()) {
      new LargestPacket(scene).asBefore(server);
    }
  }

  private long lines() {
    return stage.journal.read(LocalStage.RUN).stream().map(JournalEntry::evidence).count();
  }

  @Test
  void comesBackAlthoughRepliWasKilledWhileItWasRaised() {
    raise();
    assertThat(stage.packet).isEqualTo(LargestPacket.LARGEST);

    raise(); // the next Repli finds it raised, and must not take that for what was before
    asBefore();

    assertThat(stage.packet).isEqualTo(BEFORE);
    assertThat(lines()).isEqualTo(1);
  }

  @Test
  void staysAsItIsWhereItWasNeverRaised() {
    asBefore();

    assertThat(stage.packet).isEqualTo(BEFORE);
    assertThat(lines()).isZero();
  }

  @Test
  void aMilestoneThatStandsAlreadyIsNotWrittenAgain() {
    try (Scene scene = stage.scene()) {
      scene.note(Notes.milestone("IN_PLACE_STEP_DONE", "Step in-place-stop is done"));
      scene.note(Notes.milestone("IN_PLACE_STEP_DONE", "Step in-place-stop is done"));
      assertThat(lines()).isEqualTo(1);

      scene.note(Notes.milestone("IN_PLACE_STEP_DONE", "Step in-place-swap is done"));
      assertThat(lines()).isEqualTo(2);
    }
  }
}
