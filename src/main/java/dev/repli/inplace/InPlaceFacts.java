package dev.repli.inplace;

import dev.repli.backup.BackupFacts;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the run found before it changed anything, kept in its journal for the later steps.
 *
 * @param backup which is restored
 * @param start where it stands
 * @param oldLogs binary logs from there to the upgrade
 * @param upgrade the GTID list at the upgrade
 */
record InPlaceFacts(Path backup, BackupFacts.Start start, List<String> oldLogs, String upgrade) {
  static final String FOUND = "IN_PLACE_FOUND";

  /**
   * The end of the upgraded release, known when it takes no writes any more.
   *
   * @param newLogs its binary logs
   * @param eventsOn whether it ran events
   */
  record End(String position, List<String> newLogs, boolean eventsOn) {
    static final String FENCED = "IN_PLACE_FENCED";

    Milestone milestone(String node) {
      return new Milestone(
          FENCED,
          "%s takes no writes any more; it ends at %s".formatted(node, position),
          Map.of(
              "position",
              position,
              "logs",
              String.join(",", newLogs),
              "events",
              String.valueOf(eventsOn)));
    }
  }

  Milestone milestone(String node) {
    return new Milestone(
        FOUND,
        "%s goes back to %s, which stands at %s; then %d binary log(s) up to the upgrade at %s"
            .formatted(node, backup, start, oldLogs.size(), upgrade),
        Map.of(
            "backup", backup.toString(),
            "file", start.file(),
            "offset", String.valueOf(start.offset()),
            "gtid", start.gtid(),
            "logs", String.join(",", oldLogs),
            "upgrade", upgrade));
  }

  static InPlaceFacts read(Journal journal, RunKey run) {
    return find(journal, run, FOUND, InPlaceFacts::of)
        .orElseThrow(
            () -> new InPlaceException("run " + run + " has not looked yet; begin with that step"));
  }

  static Optional<End> end(Journal journal, RunKey run) {
    return find(
        journal,
        run,
        End.FENCED,
        facts ->
            new End(
                text(facts, "position"),
                names(text(facts, "logs")),
                text(facts, "events").equals("true")));
  }

  private static InPlaceFacts of(Map<String, String> facts) {
    return new InPlaceFacts(
        Path.of(text(facts, "backup")),
        new BackupFacts.Start(
            text(facts, "file"), Long.parseLong(text(facts, "offset")), text(facts, "gtid")),
        names(text(facts, "logs")),
        text(facts, "upgrade"));
  }

  private static String text(Map<String, String> facts, String name) {
    return facts.getOrDefault(name, "");
  }

  private static List<String> names(String list) {
    return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
  }

  private static <T> Optional<T> find(
      Journal journal, RunKey run, String name, Function<Map<String, String>, T> reader) {
    return journal
        .newestMilestone(run, name)
        .map(
            entry ->
                entry.evidence() instanceof Milestone found
                    ? found.facts()
                    : Map.<String, String>of())
        .map(reader);
  }
}
