package dev.repli.communication;

import java.util.stream.Collectors;

/** Text without characters that could add a line, turn the reading direction or hide something. */
public final class VisibleText {
  private VisibleText() {}

  /** In one line; each such character becomes a space. */
  public static String line(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().forEach(c -> plain.appendCodePoint(isVisible(c) ? c : ' '));
    return plain.toString().strip();
  }

  /** The same for each of its lines. */
  public static String lines(String text) {
    return text.lines().map(VisibleText::line).collect(Collectors.joining("\n")).strip();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
