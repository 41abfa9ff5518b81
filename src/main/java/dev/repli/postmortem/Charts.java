package dev.repli.postmortem;

import dev.repli.journal.Section;
import dev.repli.journal.Section.Block;
import dev.repli.sample.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of a story. Without numbers there is a sentence in place of a picture. */
final class Charts {
  private Charts() {}

  /** Folder of the pictures as Markdown sees it. */
  private static final String FOLDER = "post-mortem/";

  /**
   * @param drawn lines that were drawn before, by file name; they stay, since numbers are kept for
   *     a week only
   */
  static List<Block> of(Story story, Map<String, String> drawn) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Section.Picture(
            FOLDER + "timeline.svg",
            "Steps of the rollback over time (UTC)",
            StepsChart.of(story)));
    blocks.add(line(story, drawn, "lag.svg", "Replication lag", "s", story.lag()));
    blocks.add(line(story, drawn, "error-rate.svg", "Error rate", "", story.errors()));
    blocks.add(
        line(
            story,
            drawn,
            "writers.svg",
            "Nodes that accept writes (1 is right)",
            "",
            story.writers()));
    return blocks;
  }

  private static Block line(
      Story story,
      Map<String, String> drawn,
      String file,
      String says,
      String unit,
      List<Point> points) {
    String before = drawn.getOrDefault(file, "");
    if (points.isEmpty() && before.isEmpty()) {
      return new Section.Sentence(
          says + ": there are no numbers. Nothing recorded them, or they are older than a week.");
    }
    return new Section.Picture(
        FOLDER + file,
        says + (unit.isEmpty() ? "" : " in " + unit) + " over time (UTC)",
        before.isEmpty() ? LineChart.of(points, story.begin(), story.end()) : before);
  }

  /** SVG by file name. */
  static Map<String, String> files(List<Block> blocks) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Block block : blocks) {
      if (block instanceof Section.Picture picture) {
        files.put(picture.file().substring(FOLDER.length()), picture.svg());
      }
    }
    return files;
  }
}
