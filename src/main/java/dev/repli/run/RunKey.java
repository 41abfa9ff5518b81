package dev.repli.run;

import java.util.regex.Pattern;

/**
 * Business key of a run: 1 to 120 characters, letters, digits and {@code . _ : -}, starting with a
 * letter or digit.
 */
public record RunKey(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}");

  public RunKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a run key has 1 to 120 characters A-Z, a-z, 0-9 and . _ : -, starting with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
