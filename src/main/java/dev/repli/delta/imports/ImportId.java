package dev.repli.delta.imports;

import java.util.regex.Pattern;

/** Name of one import; an import that was begun goes on under its name. */
public record ImportId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}");

  public ImportId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an import's id is 1 to 120 letters, digits and . _ : -, starting with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
