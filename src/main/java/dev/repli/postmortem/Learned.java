package dev.repli.postmortem;

import java.util.List;

/**
 * What people wrote. All texts are plain, with line breaks perhaps.
 *
 * @param whys each asks why the one before happened; at most five, the first is what was seen
 * @param note for who accepts it
 */
public record Learned(
    String impact,
    List<String> whys,
    String wentWell,
    String toImprove,
    String lessons,
    String note) {
  /** Before anybody wrote anything. */
  public static final Learned NOTHING = new Learned("", List.of(), "", "", "", "");

  public Learned {
    whys = List.copyOf(whys);
  }
}
