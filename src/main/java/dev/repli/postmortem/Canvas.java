package dev.repli.postmortem;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A drawing over time. Every text on it is escaped; it has no style and no script. */
final class Canvas {
  static final int WIDTH = 760;
  static final int LEFT = 130;
  static final int RIGHT = 32;
  static final int TOP = 14;
  private static final int BOTTOM = 26;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder svg = new StringBuilder();
  private final Instant from;
  private final Duration lasts;
  private final int height;

  /**
   * @param height of the field in which is drawn
   */
  Canvas(Instant from, Instant until, int height) {
    Duration between = Duration.between(from, until);
    this.from = from;
    this.lasts = between.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : between;
    this.height = height;
    line(LEFT, TOP + height, WIDTH - RIGHT, TOP + height, "#555");
    boolean days = lasts.compareTo(Duration.ofHours(20)) > 0;
    for (int tick = 0; tick <= 4; tick++) {
      Instant at = from.plus(lasts.multipliedBy(tick).dividedBy(4));
      text(x(at), TOP + height + 18, "middle", (days ? DAY : CLOCK).format(at));
    }
  }

  int bottom() {
    return TOP + height;
  }

  double x(Instant at) {
    double share = (double) Duration.between(from, at).toMillis() / lasts.toMillis();
    return LEFT + Math.max(0, Math.min(1, share)) * (WIDTH - LEFT - RIGHT);
  }

  void line(double x1, double y1, double x2, double y2, String color) {
    draw(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x1, y1, x2, y2, color);
  }

  void mark(double x) {
    draw(
        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>",
        x, TOP, x, bottom());
  }

  void bar(double x, double y, double width, double thickness, String color) {
    draw(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x, y, Math.max(1.5, width), thickness, color);
  }

  void path(String points) {
    draw("<polyline fill=\"none\" stroke=\"#0b5cad\" stroke-width=\"1.5\" points=\"%s\"/>", points);
  }

  void dot(double x, double y, double radius) {
    draw("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#0b5cad\"/>", x, y, radius);
  }

  void text(double x, double y, String anchor, String text) {
    draw(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"12\" font-family=\"sans-serif\" fill=\"#1a1a1a\">%s</text>",
        x, y, anchor, escaped(text));
  }

  private void draw(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values)).append('\n');
  }

  /** The whole picture; what it shows is said beside it. */
  String svg() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">\n%s</svg>"
        .formatted(WIDTH, TOP + height + BOTTOM, WIDTH, svg);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
