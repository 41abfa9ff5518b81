package dev.repli.comparison;

import java.util.regex.Pattern;

/**
 * Name of one comparison: calling with the same again continues it, or returns what it found. 1 to
 * 120 characters, letters, digits and {@code . _ : -}, starting with a letter or digit.
 */
public record ComparisonId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}");

  public ComparisonId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a comparison's id has 1 to 120 characters A-Z, a-z, 0-9 and . _ : -, starting with a"
              + " letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
