package dev.repli.run;

import java.util.regex.Pattern;

/**
 * Business key of a run: 1 to 120 characters, letters, digits and {@code . _ : -}, starting with a
 * letter or digit.
 */
public record RunKey(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}");

  private static final int LONGEST_FOLLOWED = 100;

  public RunKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a run key has 1 to 120 characters A-Z, a-z, 0-9 and . _ : -, starting with a letter or digit");
    }
  }

  /**
   * Key of a run that follows this one. A long key is cut, and a number made of all of it keeps it
   * apart from others that begin alike.
   *
   * @param ending starts with a dash, at most 20 characters
   */
  public RunKey followedBy(String ending) {
    String start =
        value.length() <= LONGEST_FOLLOWED
            ? value
            : value.substring(0, LONGEST_FOLLOWED - 9) + "-%08x".formatted(value.hashCode());
    return new RunKey(start + ending);
  }

  @Override
  public String toString() {
    return value;
  }
}
