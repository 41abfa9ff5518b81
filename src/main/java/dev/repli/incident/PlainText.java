package dev.repli.incident;

import java.util.Optional;

/**
 * What a text from outside may contain: one line that reads on every screen as it was written.
 * Template and markup characters are allowed, since texts are never evaluated and always escaped.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * Why the text is refused, if it is.
   *
   * @param longest in characters
   */
  public static Optional<String> problem(String text, int longest) {
    if (text.isBlank()) {
      return Optional.of("must not be empty");
    }
    if (text.length() > longest) {
      return Optional.of("must have at most " + longest + " characters, but has " + text.length());
    }
    return text.codePoints()
        .filter(PlainText::isRefused)
        .mapToObj(c -> String.format("must not contain the character U+%04X", c))
        .findFirst();
  }

  /**
   * Control characters, line breaks, halves of characters, and what turns the reading direction.
   */
  private static boolean isRefused(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> isDirectionMark(c);
    };
  }

  private static boolean isDirectionMark(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0xFEFF;
  }
}
