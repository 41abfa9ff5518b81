package dev.repli.journal;

import java.util.List;

/**
 * A titled part of a report, before it is Markdown or HTML. All texts are plain, nothing escaped.
 */
record Section(String title, List<Block> blocks) {
  Section {
    blocks = List.copyOf(blocks);
  }

  /** What a section is made of. */
  sealed interface Block {}

  /** A sentence; the first of a report says how the run ended. */
  record Sentence(String text) implements Block {}

  /** Names and values. */
  record Facts(List<Fact> facts) implements Block {}

  /** One name and value. */
  record Fact(String name, String value) {}

  /** Rows of cells. */
  record Table(List<String> head, List<List<String>> rows) implements Block {}

  /** Lines to copy, each exactly as it would be sent, with a remark where to. */
  record Script(List<Line> lines) implements Block {}

  /** One statement or command. */
  record Line(String where, String text) {}
}
