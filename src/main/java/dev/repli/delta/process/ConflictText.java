package dev.repli.delta.process;

import dev.repli.delta.conflict.ConflictRule;
import dev.repli.delta.conflict.CountConflicts.Counted;
import dev.repli.delta.conflict.HeldGroups.TableCount;
import java.util.regex.Pattern;

/** What the forms show, as Markdown; foreign text can format nothing. */
final class ConflictText {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final int MOST_TABLES = 25;

  private ConflictText() {}

  static String of(Counted counted) {
    StringBuilder text = new StringBuilder(counted.sums().words());
    text.append("\n\n| table | to be decided | resolved | dead letters |\n|---|---|---|---|\n");
    counted.tables().stream().limit(MOST_TABLES).forEach(table -> text.append(row(table)));
    if (counted.tables().size() > MOST_TABLES) {
      text.append("| … | | | |\n");
    }
    return text.toString();
  }

  private static String row(TableCount table) {
    return "| %s | %d | %d | %d |\n"
        .formatted(
            plain(table.table()),
            table.counts().open(),
            table.counts().resolved(),
            table.counts().deadLettered());
  }

  static String of(ConflictRule rule) {
    return "**%s**\n\nProposed by %s: %s"
        .formatted(plain(rule.words()), plain(rule.proposedBy()), plain(rule.reason()));
  }

  static String plain(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return PUNCTUATION.matcher(line).replaceAll("\\\\$0");
  }
}
