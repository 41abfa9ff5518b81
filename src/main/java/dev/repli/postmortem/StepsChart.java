package dev.repli.postmortem;

import dev.repli.journal.Report;
import java.time.Instant;
import java.util.List;

/** One bar for each step of the rollback, and one for the triage before it. */
final class StepsChart {
  private static final int ROW = 22;

  private StepsChart() {}

  static String of(Story story) {
    List<Report.Step> steps = story.rollback().steps();
    int rows = steps.size() + (story.incident().isPresent() ? 1 : 0);
    Canvas canvas = new Canvas(story.begin(), story.end(), Math.max(1, rows) * ROW);
    int row = 0;
    if (story.incident().isPresent()) {
      bar(canvas, row++, "triage", story.begin(), story.rollback().startedAt(), "#8a5a00");
    }
    for (Report.Step step : steps) {
      Instant until = step.took().map(step.begunAt()::plus).orElse(story.end());
      bar(canvas, row++, step.name(), step.begunAt(), until, step.late() ? "#b00020" : "#0b5cad");
    }
    return canvas.svg();
  }

  private static void bar(
      Canvas canvas, int row, String name, Instant from, Instant until, String color) {
    double y = Canvas.TOP + (double) row * ROW;
    double x = canvas.x(from);
    canvas.text(Canvas.LEFT - 8, y + 15, "end", name);
    canvas.bar(x, y + 4, canvas.x(until) - x, ROW - 8.0, color);
  }
}
