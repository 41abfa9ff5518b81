package dev.repli.delta.binlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a statement, as a server reads them: no comments, literals without their text.
 * Conditional comments count as text, since this server may have run them.
 *
 * @param clear whether every character was understood; a backslash in a literal is not, since it
 *     depends on the session's SQL mode what it means
 */
record SqlWords(List<Word> words, boolean clear) {
  SqlWords {
    words = List.copyOf(words);
  }

  /** What a word is. */
  enum Kind {
    BARE,
    /** In backquotes or double quotes, which are names in some SQL modes. */
    QUOTED,
    LITERAL,
    SIGN
  }

  /** Without its quotes. */
  record Word(Kind kind, String text) {
    boolean isName() {
      return kind == Kind.BARE || kind == Kind.QUOTED;
    }

    boolean is(String word) {
      return kind != Kind.QUOTED && kind != Kind.LITERAL && text.equalsIgnoreCase(word);
    }
  }

  static SqlWords of(String sql) {
    return new Reading(sql).read();
  }

  private static final class Reading {
    private final String sql;
    private final List<Word> words = new ArrayList<>();
    private boolean clear = true;
    private int at;

    Reading(String sql) {
      this.sql = sql;
    }

    SqlWords read() {
      while (at < sql.length()) {
        one(sql.charAt(at));
      }
      return new SqlWords(words, clear);
    }

    private void one(char first) {
      if (Character.isWhitespace(first)) {
        at++;
      } else if (first == '#' || isDashes()) {
        skipTo("\n");
      } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
        at = sql.indexOf('!', at) + 1;
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
          at++;
        }
      } else if (sql.startsWith("/*", at)) {
        at += 2;
        clear &= sql.indexOf("*/", at) >= 0;
        skipTo("*/");
      } else if (sql.startsWith("*/", at)) {
        at += 2; // of a conditional comment
      } else if (first == '\'' || first == '"' || first == '`') {
        quoted(first);
      } else if (isPartOfName(first)) {
        bare();
      } else {
        words.add(new Word(Kind.SIGN, String.valueOf(first)));
        at++;
      }
    }

    private boolean isDashes() {
      return sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    private void skipTo(String end) {
      int found = sql.indexOf(end, at);
      at = found < 0 ? sql.length() : found + end.length();
    }

    private void quoted(char quote) {
      StringBuilder text = new StringBuilder();
      for (at++; at < sql.length(); at++) {
        char next = sql.charAt(at);
        if (next == quote) {
          if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
            at++;
            words.add(new Word(quote == '\'' ? Kind.LITERAL : Kind.QUOTED, text.toString()));
            return;
          }
          at++; // doubled
        }
        clear &= next != '\\' || quote == '`';
        text.append(next);
      }
      clear = false;
    }

    private void bare() {
      int from = at;
      while (at < sql.length() && isPartOfName(sql.charAt(at))) {
        at++;
      }
      if (sql.substring(from, at).chars().allMatch(Character::isDigit)
          && at < sql.length()
          && sql.charAt(at) == '.') {
        at++; // the point of a number
        while (at < sql.length() && isPartOfName(sql.charAt(at))) {
          at++;
        }
        words.add(new Word(Kind.LITERAL, ""));
      } else {
        words.add(new Word(Kind.BARE, sql.substring(from, at)));
      }
    }

    private static boolean isPartOfName(char c) {
      return c == '_' || c == '$' || c > 127 || Character.isLetterOrDigit(c);
    }
  }
}
