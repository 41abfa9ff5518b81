package dev.repli.inplace;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupRestore;
import dev.repli.host.Host;
import dev.repli.host.HostFiles;
import java.util.concurrent.atomic.AtomicBoolean;

/** Step 2: the backup becomes a data directory beside the one in use. */
final class RestoreInPlace implements StepAction {
  @Override
  public InPlaceStep step() {
    return InPlaceStep.RESTORE;
  }

  @Override
  public void perform(Scene scene) {
    scene.files.end(scene.at.mark());
    if (!scene.files.exists(scene.whole()) && !scene.files.exists(scene.kept())) {
      restore(scene);
    }
  }

  @Override
  public void rehearse(Scene scene) {
    restore(scene);
  }

  private static void restore(Scene scene) {
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    Backup backup =
        new BackupCatalogue(scene.host, scene.at.machine())
            .list().stream()
                .filter(found -> found.path().equals(facts.backup()))
                .findFirst()
                .orElseThrow(() -> new InPlaceException(facts.backup() + " is gone"));
    scene.place().mustBeAsFound(scene);
    String mode = scene.files.look(scene.place().real()).map(HostFiles.Entry::mode).orElse("700");
    long all = scene.place().bytes(scene.files);
    scene.files.delete(scene.restored());
    scene.makeServersDirectory(scene.restored());
    AtomicBoolean unpacked = new AtomicBoolean();
    try (Host second = scene.session()) {
      HostFiles looks = new HostFiles(second);
      Polled.run(
          () ->
              new BackupRestore(scene.host, scene.at.machine(), scene.at.mark())
                  .into(
                      backup,
                      scene.restored(),
                      scene.watch.cancellation(),
                      () -> unpacked.set(true)),
          () -> {
            if (unpacked.get()) {
              scene.watch.progress(0, 0, "preparing the backup");
            } else {
              scene.watch.progress(looks.bytes(scene.restored()), all, "bytes");
            }
          });
    }
    scene.files.mode(scene.restored(), mode);
    scene.watch.progress(0, 0, "writing all to disk");
    // the mark must not outlive a power failure that the data did not; nor may the swap wait for it
    scene.files.flushAll(scene.restored());
    scene.watch.mine();
    scene.files.write(scene.whole(), backup.name() + "\n", "600");
  }
}
