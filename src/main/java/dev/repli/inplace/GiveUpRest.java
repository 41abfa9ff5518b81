package dev.repli.inplace;

import dev.repli.backup.BackupTools;
import dev.repli.inplace.InPlaceFacts.End;
import java.nio.file.Path;
import java.util.List;

/**
 * What the release before does not take of the writes since the upgrade goes into a file of
 * statements, as {@code mariadb-binlog} writes them, and the server stays where it stands.
 */
final class GiveUpRest {
  private GiveUpRest() {}

  /** People chose, twice, to go on without what could not be written again. */
  static boolean wanted(Scene scene) {
    return scene.order.fact("inPlaceRest").filter("GIVE_UP"::equals).isPresent();
  }

  /**
   * Repeatable: what was begun is written anew.
   *
   * @return whether something is left that could be given up
   */
  static boolean perform(Scene scene, InPlaceFacts facts, End end) {
    if (DeltaRest.read(scene.journal(), scene.run()).isPresent()) {
      return true;
    }
    scene.files.end(scene.at.mark());
    DeltaRest rest = DeltaRest.of(scene, facts, end);
    if (rest.givenUp() == 0) {
      return false;
    }
    write(scene, rest, end);
    scene.note(rest.milestone(scene.at.node().label()));
    return true;
  }

  /** Under another name until it is whole. */
  private static void write(Scene scene, DeltaRest rest, End end) {
    Path part = rest.file().resolveSibling(rest.file().getFileName() + ".part");
    scene.files.delete(rest.file());
    scene.files.write(part, "", "600");
    scene.must(
        new BackupTools(scene.at.previous())
            .print(
                end.newLogs().stream().map(scene.kept()::resolve).toList(),
                List.of(
                    "--start-position=" + rest.stands(),
                    "--stop-position=" + Gtids.moved(rest.stands(), end.position())),
                part)
            .marked(scene.at.mark()),
        "keep what is given up");
    scene.files.rename(part, rest.file());
  }
}
