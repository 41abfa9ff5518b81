package dev.repli.route.appconfig;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a configuration file, as lines of {@code key=value} or {@code key: value}, also
 * indented, quoted, with a comment behind. Only the values of the asked keys ever change; bytes
 * elsewhere stay as they are, since each byte is one character here.
 */
final class ConfigText {
  /** A line that is not a comment: before the value, quote, value, and what may follow. */
  private static final String LINE =
      "(?m)^([ \\t]*(?:export[ \\t]+)?%s[ \\t]*[=:][ \\t]*)([\"']?)([^\\s\"'#;]*)(\\2[ \\t]*(?:[#;].*)?)\\r?$";

  private static final String KEY = "(?m)^[ \\t]*(?:export[ \\t]+)?%s[ \\t]*[=:]";

  private final String text;

  ConfigText(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * @throws BadConfigException when the key is missing, stands twice, or its value is not one word
   */
  String value(String key) {
    return find(key).group(3);
  }

  ConfigText with(String key, String value) {
    Matcher line = find(key);
    return new ConfigText(text.substring(0, line.start(3)) + value + text.substring(line.end(3)));
  }

  private Matcher find(String key) {
    int count = count(Pattern.compile(KEY.formatted(Pattern.quote(key))));
    if (count != 1) {
      throw new BadConfigException(
          "key '" + key + "' " + (count == 0 ? "is missing" : "stands " + count + " times"));
    }
    Matcher line = Pattern.compile(LINE.formatted(Pattern.quote(key))).matcher(text);
    if (!line.find()) {
      throw new BadConfigException("the value of key '" + key + "' is not one plain word");
    }
    return line;
  }

  private int count(Pattern pattern) {
    return (int) pattern.matcher(text).results().count();
  }

  /** The file is not as the plan says; says what is wrong, never a value. */
  static final class BadConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadConfigException(String message) {
      super(message);
    }
  }
}
