package dev.repli.backup;

import dev.repli.backup.BackupFacts.Start;
import dev.repli.backup.BackupFacts.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The note beside a backup: lines of words with tabs between them. */
final class BackupNotes {
  static final String SUFFIX = ".repli-note";
  private static final String HEAD = "repli backup note 1";

  private BackupNotes() {}

  static String write(BackupFacts facts) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    lines.add("checksum\t" + facts.checksum());
    lines.add("server\t" + facts.serverVersion());
    Start start = facts.start();
    lines.add("start\t" + start.file() + "\t" + start.offset() + "\t" + start.gtid());
    lines.add("restored\t" + facts.restoredAt() + facts.took().map(t -> "\t" + t).orElse(""));
    facts
        .tables()
        .forEach(
            (name, table) ->
                lines.add("table\t" + name + "\t" + table.rows() + "\t" + table.checksum()));
    lines.add("end\t" + facts.tables().size());
    return String.join("\n", lines) + "\n";
  }

  /** Empty for a note that is not whole or not of this form: then it proves nothing. */
  static Optional<BackupFacts> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 6 || !lines.get(0).equals(HEAD)) {
      return Optional.empty();
    }
    try {
      String[] start = words(lines.get(3), "start", 4);
      Map<String, Table> tables = new TreeMap<>();
      for (String each : lines.subList(5, lines.size() - 1)) {
        String[] words = words(each, "table", 4);
        tables.put(words[1], new Table(Long.parseLong(words[2]), words[3]));
      }
      String line = lines.get(4);
      String[] restored = words(line, "restored", line.split("\t", -1).length == 3 ? 3 : 2);
      String[] end = words(lines.get(lines.size() - 1), "end", 2);
      if (Integer.parseInt(end[1]) != tables.size()) {
        return Optional.empty();
      }
      return Optional.of(
          new BackupFacts(
              words(lines.get(1), "checksum", 2)[1],
              words(lines.get(2), "server", 2)[1],
              new Start(start[1], Long.parseLong(start[2]), start[3]),
              tables,
              Instant.parse(restored[1]),
              restored.length == 3 ? Optional.of(Duration.parse(restored[2])) : Optional.empty()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String[] words(String line, String first, int count) {
    String[] words = line.split("\t", -1);
    if (words.length != count || !words[0].equals(first)) {
      throw new IllegalArgumentException("not a line of " + first);
    }
    return words;
  }
}
