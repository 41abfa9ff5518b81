package dev.repli.journal;

import java.util.List;

/**
 * A titled part of a report, before it is Markdown or HTML. All texts are plain, nothing escaped.
 */
public record Section(String title, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** What a section is made of. */
  public sealed interface Block {}

  /** A sentence; the first of a report says how the run ended. */
  public record Sentence(String text) implements Block {}

  /** Names and values. */
  public record Facts(List<Fact> facts) implements Block {}

  /** One name and value. */
  public record Fact(String name, String value) {}

  /** Rows of cells. */
  public record Table(List<String> head, List<List<String>> rows) implements Block {}

  /** Lines to copy, each exactly as it would be sent, with a remark where to. */
  public record Script(List<Line> lines) implements Block {}

  /**
   * A drawing.
   *
   * @param file name that Markdown refers to, beside the text
   * @param says what is seen on it, for people who do not see it
   * @param svg SVG 1.1 without scripts and styles, every text in it escaped
   */
  public record Picture(String file, String says, String svg) implements Block {}

  /** One statement or command. */
  public record Line(String where, String text) {}
}
