package dev.repli.postmortem;

import dev.repli.sample.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Numbers over time; the line is broken where nobody measured. */
final class LineChart {
  private static final int HEIGHT = 120;
  private static final Duration GAP = Duration.ofMinutes(2);

  private LineChart() {}

  /**
   * @param points at least one, oldest first
   * @param begin first vertical mark: of the incident or the run
   * @param end second vertical mark: of the rollback
   */
  static String of(List<Point> points, Instant begin, Instant end) {
    Instant first = points.get(0).at();
    Instant last = points.get(points.size() - 1).at();
    Canvas canvas =
        new Canvas(begin.isBefore(first) ? begin : first, end.isAfter(last) ? end : last, HEIGHT);
    double top = points.stream().mapToDouble(Point::value).max().orElse(1);
    double most = top > 0 ? top : 1;
    canvas.text(Canvas.LEFT - 8, Canvas.TOP + 10, "end", number(most));
    canvas.text(Canvas.LEFT - 8, canvas.bottom(), "end", "0");
    canvas.mark(canvas.x(begin));
    canvas.mark(canvas.x(end));
    StringBuilder piece = new StringBuilder();
    Instant before = Instant.MIN;
    for (Point point : points) {
      if (!before.equals(Instant.MIN) && before.plus(GAP).isBefore(point.at())) {
        canvas.path(piece.toString());
        piece.setLength(0);
      }
      double x = canvas.x(point.at());
      double y = canvas.bottom() - point.value() / most * HEIGHT;
      piece.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      canvas.dot(x, y);
      before = point.at();
    }
    canvas.path(piece.toString());
    return canvas.svg();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "").replaceAll("[.]$", "");
  }
}
