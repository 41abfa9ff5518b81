package dev.repli.rollback;

import dev.repli.rollback.Finding.Verdict;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Findings as a Markdown table for a form. Foreign text (host names, error messages, reports) is
 * escaped, so that it can neither format nor link anything.
 */
public final class EvidenceTable {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final String HEAD = "| | what | found |\n|---|---|---|\n";
  private static final String CUT = "| | … | more stands in the journal |\n";

  /** A text of so many characters at most fits into a process variable. */
  public static final int LIMIT = 3_900;

  private static final int SHORT = 200;

  /** What people decide on must not lose its end, but a page has to stay one that is read. */
  private static final int LONG = 1_000;

  /** The worst first. Risks and what is bad are shown longer than the rest while there is room. */
  public static String of(Findings findings) {
    if (findings.all().isEmpty()) {
      return "Nothing in this step: the plan names nothing for it.";
    }
    String whole = fitting(longest -> HEAD + String.join("", rows(findings, longest)));
    return whole.length() <= LIMIT ? whole : cut(rows(findings, SHORT));
  }

  private static String cut(List<String> rows) {
    StringBuilder table = new StringBuilder(HEAD);
    for (String row : rows) {
      if (table.length() + row.length() + CUT.length() > LIMIT) {
        break;
      }
      table.append(row);
    }
    return table.append(CUT).toString();
  }

  private static List<String> rows(Findings findings, int longest) {
    return findings.all().stream()
        .sorted((a, b) -> b.verdict().compareTo(a.verdict()))
        .map(finding -> row(finding, longest))
        .toList();
  }

  private static String row(Finding finding, int longest) {
    boolean warns = finding.verdict() == Verdict.RISK || finding.verdict() == Verdict.BAD;
    String where = finding.where().isEmpty() ? "" : ", " + plain(finding.where());
    return "| %s | %s%s | %s |\n"
        .formatted(
            mark(finding.verdict()),
            plain(finding.what()),
            where,
            plain(finding.found(), warns ? longest : SHORT));
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "✓ good";
      case NOTE -> "note";
      case RISK -> "**risk**";
      case BAD -> "**bad**";
    };
  }

  /**
   * The text with the longest warnings with which it still fits into a process variable; else the
   * one with the shortest.
   *
   * @param text made with warnings of at most so many characters each
   */
  public static String fitting(IntFunction<String> text) {
    return IntStream.of(LONG, 700, 500, 350)
        .mapToObj(text)
        .filter(made -> made.length() <= LIMIT)
        .findFirst()
        .orElseGet(() -> text.apply(SHORT));
  }

  /** Text that Markdown shows as it is, on one line, at most 200 characters of it. */
  public static String plain(String text) {
    return plain(text, SHORT);
  }

  /** The same for what nobody may miss: at most 1000 characters. */
  public static String warning(String text) {
    return plain(text, LONG);
  }

  /**
   * The same.
   *
   * @param longest so many characters at most, before they are escaped
   */
  public static String plain(String text, int longest) {
    String line = text.replaceAll("\\s+", " ").strip();
    String cut = line.length() > longest ? line.substring(0, longest - 1) + "…" : line;
    return PUNCTUATION.matcher(cut).replaceAll("\\\\$0");
  }

  private EvidenceTable() {}
}
