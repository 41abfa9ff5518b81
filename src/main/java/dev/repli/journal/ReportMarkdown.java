package dev.repli.journal;

import dev.repli.journal.Section.Block;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report as Markdown. Every value is escaped: none can format, link or end a table. */
public final class ReportMarkdown {

  /** What can format, link or start something; dates and numbers stay readable as they are. */
  private static final Pattern MARKUP =
      Pattern.compile("[\\\\`*_{}\\[\\]<>()#!|~&$@^]|^[-+=:]|:(?=/)|(?<=(?i:www))[.]");

  private static final Pattern TICKS = Pattern.compile("`+");

  private ReportMarkdown() {}

  /** Media type of {@link #render}. */
  public static final String MEDIA_TYPE = "text/markdown;charset=UTF-8";

  public static String render(Report report) {
    return render(ReportSections.title(report), ReportSections.of(report));
  }

  /** Any document of such sections. */
  public static String render(String title, List<Section> sections) {
    StringBuilder text = new StringBuilder("# " + plain(title) + "\n");
    for (Section section : sections) {
      text.append("\n## ").append(plain(section.title())).append("\n\n");
      section.blocks().forEach(block -> text.append(block(block)).append('\n'));
    }
    return text.toString();
  }

  private static String block(Block block) {
    if (block instanceof Section.Sentence sentence) {
      return plain(sentence.text()) + "\n";
    }
    if (block instanceof Section.Facts facts) {
      return facts.facts().stream()
          .map(fact -> "- **" + plain(fact.name()) + "**: " + plain(fact.value()) + "\n")
          .collect(Collectors.joining());
    }
    if (block instanceof Section.Table table) {
      return row(table.head())
          + "|"
          + String.join("|", Collections.nCopies(table.head().size(), "---"))
          + "|\n"
          + table.rows().stream().map(ReportMarkdown::row).collect(Collectors.joining());
    }
    if (block instanceof Section.Picture picture) {
      return "![" + plain(picture.says()) + "](" + picture.file() + ")\n";
    }
    return script((Section.Script) block);
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(ReportMarkdown::plain)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** A fence longer than any in the text, so that the text cannot end it. */
  private static String script(Section.Script script) {
    String body =
        script.lines().stream()
            .map(line -> "-- " + oneLine(line.where()) + "\n" + indented(line.text()) + "\n")
            .collect(Collectors.joining());
    String fence = "`".repeat(Math.max(3, longestTicks(body) + 1));
    return fence + "\n" + body + fence + "\n";
  }

  private static int longestTicks(String text) {
    return TICKS
        .matcher(text)
        .results()
        .mapToInt(found -> found.end() - found.start())
        .max()
        .orElse(0);
  }

  /** Further lines of one statement stand apart from the remarks between statements. */
  private static String indented(String text) {
    return Shown.honest(text).strip().replaceAll("\\R", "\n   ");
  }

  private static String oneLine(String text) {
    return Shown.honest(text).replaceAll("\\s+", " ").strip();
  }

  private static String plain(String text) {
    return MARKUP.matcher(oneLine(text)).replaceAll("\\\\$0");
  }
}
