package dev.repli.journal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Last guard against secrets in the journal: the places in statements, commands and addresses where
 * a password stands are replaced by {@code ***}. Authors of evidence still leave secrets out; this
 * catches the one who forgot.
 */
final class Redaction {
  static final String MASK = "***";

  private static final String NAMES = "(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN)";

  /** What stands before a quoted secret. */
  private static final Pattern BEFORE_QUOTED =
      Pattern.compile(
          "(?i)\\bIDENTIFIED\\s+(?:(?:WITH|VIA)\\s+\\S+\\s+)?(?:BY|AS|USING)\\s*(?:PASSWORD\\s*)?\\(?\\s*(?=['\"])"
              + "|\\b\\w*"
              + NAMES
              + "\\s*[=:(]\\s*(?=['\"])"
              + "|\\bSET\\s+PASSWORD\\b[^=;]{0,300}=\\s*(?:PASSWORD\\s*\\(\\s*)?(?=['\"])");

  /** Secrets without quotes: a prefix that stays, then what is masked. */
  private static final List<Pattern> BARE =
      List.of(
          Pattern.compile("(?i)(\\b\\w*" + NAMES + "\\s*=\\s*)(?!\\*{3})[^\\s'\"&;,)(]+"),
          Pattern.compile(
              "(?i)(\\b[a-z][a-z0-9+.-]{0,20}://[^\\s:/@]{0,100}:)[^\\s@/]{1,500}(?=@)"),
          Pattern.compile("(?i)(\\bAuthorization\\s*:\\s*(?:Basic|Bearer)\\s+)\\S+"));

  private static final Pattern NAME_OF_SECRET = Pattern.compile("(?i).*" + NAMES);

  private Redaction() {}

  static String redact(String text) {
    String clean = quoted(text);
    for (Pattern place : BARE) {
      clean = place.matcher(clean).replaceAll("$1" + MASK);
    }
    return clean;
  }

  /** Whether a fact with this name is a secret whatever its text. */
  static boolean isSecretName(String name) {
    return NAME_OF_SECRET.matcher(name).matches();
  }

  private static String quoted(String text) {
    Matcher before = BEFORE_QUOTED.matcher(text);
    StringBuilder clean = new StringBuilder();
    int done = 0;
    while (before.find(done)) {
      clean.append(text, done, before.end()).append(MASK);
      done = endOfQuoted(text, before.end());
    }
    return clean.append(text, done, text.length()).toString();
  }

  /** By hand, since a regular expression for this recurses as deep as the text is long. */
  private static int endOfQuoted(String text, int start) {
    char quote = text.charAt(start);
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        i += 2;
      } else if (c != quote) {
        i++;
      } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return text.length();
  }
}
