package dev.repli.plan.yaml;

/** Foreign text made safe to print: control and direction characters are spelt out, length cut. */
final class Shown {
  private static final int MOST = 60;

  private Shown() {}

  static String quoted(String text) {
    return '"' + plain(text) + '"';
  }

  static String plain(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST)
        .forEach(
            point -> {
              if (isInvisible(point)) {
                shown.append(String.format("\\u%04x", point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return text.codePoints().count() > MOST ? shown + "…" : shown.toString();
  }

  /** Control, format (direction overrides, zero width), unpaired and unassigned characters. */
  static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
