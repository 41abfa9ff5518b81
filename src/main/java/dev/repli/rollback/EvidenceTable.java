package dev.repli.rollback;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Findings as a Markdown table for a form. Foreign text (host names, error messages, reports) is
 * escaped, so that it can neither format nor link anything.
 */
public final class EvidenceTable {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final String HEAD = "| | what | found |\n|---|---|---|\n";
  private static final String CUT = "| | … | more stands in the journal |\n";

  /** At most so many characters, since it becomes a process variable. */
  private static final int LIMIT = 3_900;

  /** The worst first. */
  public static String of(Findings findings) {
    if (findings.all().isEmpty()) {
      return "Nothing in this step: the plan names nothing for it.";
    }
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
        .map(EvidenceTable::row)
        .toList();
  }

  private static String row(Finding finding) {
    String where = finding.where().isEmpty() ? "" : ", " + plain(finding.where());
    return "| %s | %s%s | %s |\n"
        .formatted(mark(finding.verdict()), plain(finding.what()), where, plain(finding.found()));
  }

  private static String mark(Finding.Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "✓ good";
      case NOTE -> "note";
      case RISK -> "**risk**";
      case BAD -> "**bad**";
    };
  }

  /** Text that Markdown shows as it is, on one line, at most 200 characters of it. */
  public static String plain(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String cut = line.length() > 200 ? line.substring(0, 199) + "…" : line;
    return PUNCTUATION.matcher(cut).replaceAll("\\\\$0");
  }

  private EvidenceTable() {}
}
