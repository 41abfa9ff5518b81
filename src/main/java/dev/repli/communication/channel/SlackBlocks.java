package dev.repli.communication.channel;

import java.util.ArrayList;
import java.util.List;

/** A text in parts that fit into one block of Slack each; shown one below the other. */
final class SlackBlocks {
  private SlackBlocks() {}

  /**
   * Nothing of it is lost but the line breaks at which it is parted.
   *
   * @param longest characters of a part
   * @return at least one
   */
  static List<String> of(String text, int longest) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > longest) {
      int lineEnd = rest.lastIndexOf('\n', longest);
      if (lineEnd > 0) {
        parts.add(rest.substring(0, lineEnd));
        rest = rest.substring(lineEnd + 1);
      } else {
        int end = Character.isHighSurrogate(rest.charAt(longest - 1)) ? longest - 1 : longest;
        parts.add(rest.substring(0, end));
        rest = rest.substring(end);
      }
    }
    parts.add(rest);
    return parts;
  }
}
