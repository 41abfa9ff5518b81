package dev.repli.plan.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what was meant by a word that is not known. */
final class Spelling {
  private Spelling() {}

  /** {@code did you mean "…"?} for the nearest known word, or nothing when none is near. */
  static String suggest(String word, List<String> known) {
    if (word.length() > 40) {
      return "";
    }
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= tolerance(candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .map(candidate -> "did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  private static int tolerance(String candidate) {
    return candidate.length() <= 3 ? 1 : Math.max(2, candidate.length() / 4);
  }

  /** Levenshtein distance, where case, hyphens and underscores count for nothing. */
  static int distance(String one, String other) {
    String left = folded(one);
    String right = folded(other);
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= left.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replace = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replace, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[right.length()];
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
