package dev.repli.replication.process;

import dev.repli.replication.Finding;
import dev.repli.replication.Findings;
import java.util.List;
import java.util.regex.Pattern;

/** Findings as a Markdown table for a form, the worst first; foreign text can format nothing. */
final class FindingTable {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final String HEAD = "| | what | found |\n|---|---|---|\n";
  private static final String CUT = "| | … | more stands in the journal |\n";
  private static final int LONGEST_CELL = 300;

  /** At most so many characters, since it becomes a process variable. */
  private static final int LIMIT = 3_900;

  private FindingTable() {}

  static String of(Findings findings) {
    StringBuilder table = new StringBuilder(HEAD);
    for (String row : rows(findings)) {
      if (table.length() + row.length() + CUT.length() > LIMIT) {
        return table.append(CUT).toString();
      }
      table.append(row);
    }
    return table.toString();
  }

  private static List<String> rows(Findings findings) {
    return findings.all().stream()
        .sorted((a, b) -> b.verdict().compareTo(a.verdict()))
        .map(
            f ->
                "| %s | %s, %s | %s |\n"
                    .formatted(
                        mark(f.verdict()), plain(f.what()), plain(f.where()), plain(f.found())))
        .toList();
  }

  private static String mark(Finding.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "✓ good";
      case NOTE -> "note";
      case BAD -> "**bad**";
    };
  }

  static String plain(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String cut = line.length() > LONGEST_CELL ? line.substring(0, LONGEST_CELL - 1) + "…" : line;
    return PUNCTUATION.matcher(cut).replaceAll("\\\\$0");
  }
}
