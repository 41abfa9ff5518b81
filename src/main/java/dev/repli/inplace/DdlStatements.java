package dev.repli.inplace;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the DDL statements in what {@code mariadb-binlog} prints, and keeps the beginning of the
 * first few. Never what may hold a password.
 */
final class DdlStatements extends OutputStream {
  /** Lets through only these statements and the lines before them; words of GNU sed. */
  static final List<String> FILTER =
      List.of("/bin/sed", "-n", "/^#[0-9]\\{6\\} .*\\sGTID [0-9-]* ddl/,/^\\/\\*!\\*\\/;$/p");

  private static final int FIRST = 3;
  private static final int LONGEST = 80;
  private static final int LONGEST_LINE = 4096;
  private static final Pattern BEGINS = Pattern.compile("^#[0-9]{6} .*\\sGTID [0-9-]+ ddl(.*)$");
  private static final Pattern WORDS = Pattern.compile("\\S+");

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> first = new ArrayList<>();
  private long count;
  private boolean waiting;

  @Override
  public void write(int each) {
    if (each == '\n') {
      read(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (line.size() < LONGEST_LINE) {
      line.write(each);
    }
  }

  private void read(String text) {
    Matcher begins = BEGINS.matcher(text);
    if (begins.matches()) {
      // one in two phases is named when it is over
      waiting = !begins.group(1).contains("START ALTER");
    } else if (waiting && isStatement(text)) {
      waiting = false;
      count++;
      if (first.size() < FIRST) {
        first.add(shown(text));
      }
    }
  }

  private static boolean isStatement(String text) {
    return !text.isBlank()
        && !text.startsWith("#")
        && !text.startsWith("/*")
        && !text.endsWith("/*!*/;");
  }

  /** Up to its name: what comes after it can be long, or secret. */
  private static String shown(String statement) {
    List<String> words =
        WORDS.matcher(statement).results().map(word -> word.group()).limit(8).toList();
    String kind = String.join(" ", words.subList(0, Math.min(2, words.size())));
    String upper = statement.toUpperCase(Locale.ROOT);
    if (upper.matches(".*\\b(USER|ROLE|GRANT|REVOKE|PASSWORD|IDENTIFIED|SERVER)\\b.*")) {
      return kind + " …";
    }
    String text = String.join(" ", words);
    int open = text.indexOf('(');
    String name = open > 0 ? text.substring(0, open).strip() : text;
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
  }

  long count() {
    return count;
  }

  /** The beginning of the first few. */
  List<String> first() {
    return List.copyOf(first);
  }
}
