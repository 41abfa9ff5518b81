package dev.repli.logical;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.SwitchMilestones;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What rollbacks since the cutover have changed on the source and nobody has put back, each as the
 * runs from the one that changed it on, the newest first; none where it is as it was or the writer
 * was moved. A later one that found it changed says nothing of that itself.
 *
 * @param replication stopped
 * @param stream Repli's own, stopped
 * @param fence open for imports
 */
record LeftBehind(List<RunKey> replication, List<RunKey> stream, List<RunKey> fence) {
  /**
   * @param since the cutover, the newest first
   */
  static LeftBehind of(Journal journal, List<RunKey> since) {
    return new LeftBehind(
        from(journal, since, SourceLeftBehind.STOPPED, SourceLeftBehind.STARTED),
        from(journal, since, StreamLeftBehind.STOPPED, StreamLeftBehind.STARTED),
        from(
            journal,
            since,
            StreamLeftBehind.ADMITTED,
            StreamLeftBehind.CLOSED,
            StreamLeftBehind.KEPT_OPEN,
            StreamLeftBehind.STARTED));
  }

  private static List<RunKey> from(
      Journal journal, List<RunKey> since, String changed, String... putBack) {
    String[] names =
        Stream.concat(Stream.of(changed, SwitchMilestones.POINT_OF_NO_RETURN), Stream.of(putBack))
            .toArray(String[]::new);
    for (int i = 0; i < since.size(); i++) {
      Optional<String> last =
          journal
              .newestMilestone(since.get(i), names)
              .map(JournalEntry::evidence)
              .filter(Milestone.class::isInstance)
              .map(evidence -> ((Milestone) evidence).name());
      if (last.isPresent()) {
        return last.get().equals(changed) ? since.subList(0, i + 1) : List.of();
      }
    }
    return List.of();
  }

  /** All of them, the newest first. */
  List<RunKey> runs() {
    return Stream.of(replication, stream, fence)
        .reduce(List.of(), (one, other) -> other.size() > one.size() ? other : one);
  }

  /**
   * Whether people were told already, and nothing was imported since.
   *
   * @param words the milestone that told them
   * @param imported by these runs
   */
  static boolean isTold(Journal journal, String words, List<RunKey> left, List<Earlier> imported) {
    Optional<RunKey> told =
        left.stream().filter(run -> journal.newestMilestone(run, words).isPresent()).findFirst();
    return told.isPresent()
        && imported.stream().allMatch(one -> one.indexIn(left) >= left.indexOf(told.get()));
  }
}
