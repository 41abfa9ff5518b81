package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaFileException;
import dev.repli.logical.CarriedJournal.Written;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import java.util.List;

/**
 * Files are on the disk of the Repli that wrote them. Another one that looks finds none, and would
 * say that there is nothing to bring over, or that no statement is in the way.
 */
record FilesElsewhere(CarriedJournal journal, WorkRecords works) {

  /**
   * @param ends where the files end that are here
   * @throws DeltaFileException when they are not those of the run
   */
  void refuse(RunKey run, List<Position> ends) {
    List<String> here = ends.stream().map(Position::value).toList();
    journal
        .written(run)
        .filter(written -> !written.isHere(here))
        .ifPresent(
            written -> {
              throw new DeltaFileException(words(run, written));
            });
  }

  private String words(RunKey run, Written written) {
    String writer =
        works.of(run).stream()
            .map(WorkProgress::node)
            .reduce((earlier, later) -> later)
            .map(node -> ": " + node + " worked on them last")
            .orElse("");
    String where = written.file().isEmpty() ? "" : " (there " + written.file() + ")";
    return "the files of this delta are not on the machine of the Repli that looked at them%s%s. Try again: the delta is read here, too, or the Repli that has the files looks. If that does not help, copy the run's folder to the machine that has none, or stop one Repli until the delta is decided"
        .formatted(writer, where);
  }
}
