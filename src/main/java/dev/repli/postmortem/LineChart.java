package dev.repli.postmortem;

import dev.repli.sample.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers over time; the line is broken where nobody measured. */
final class LineChart {
  private static final int HEIGHT = 120;
  private static final double IN_LINE = 1.8;
  private static final double ALONE = 4;
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
    List<Spot> piece = new ArrayList<>();
    Instant before = Instant.MIN;
    for (Point point : points) {
      if (!before.equals(Instant.MIN) && before.plus(GAP).isBefore(point.at())) {
        draw(canvas, piece);
      }
      double x = canvas.x(point.at());
      double y = canvas.bottom() - point.value() / most * HEIGHT;
      piece.add(new Spot(x, y));
      before = point.at();
    }
    draw(canvas, piece);
    return canvas.svg();
  }

  /** A single point is no line, and must not be overlooked. */
  private static void draw(Canvas canvas, List<Spot> piece) {
    if (piece.size() == 1) {
      canvas.dot(piece.get(0).x(), piece.get(0).y(), ALONE);
    } else {
      piece.forEach(spot -> canvas.dot(spot.x(), spot.y(), IN_LINE));
      canvas.path(
          piece.stream()
              .map(spot -> String.format(Locale.ROOT, "%.1f,%.1f", spot.x(), spot.y()))
              .collect(Collectors.joining(" ")));
    }
    piece.clear();
  }

  private record Spot(double x, double y) {}

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "").replaceAll("[.]$", "");
  }
}
