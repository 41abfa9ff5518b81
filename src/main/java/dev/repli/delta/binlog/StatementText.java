package dev.repli.delta.binlog;

import dev.repli.delta.DeltaEvent.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a statement in the binary log means for somebody who reads rows. */
record StatementText(String schema, String sql) {
  private static final Pattern COMMENTS =
      Pattern.compile("^(\\s+|/\\*(?![!M]).*?\\*/|(#|-- )[^\\n]*(\\n|$))+", Pattern.DOTALL);
  private static final Pattern CONDITIONAL = Pattern.compile("/\\*M?!\\d*\\s?(.*?)\\*/");
  private static final Pattern CREATES =
      Pattern.compile("^(create|alter|drop|rename)\\b.*", Pattern.DOTALL);

  /** Accounts and servers are no part of the data; temporary tables never reach another session. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "^(create|alter|drop|rename)\\s+(or\\s+replace\\s+)?"
              + "(user|role|server|temporary|resource|spatial\\s+reference|undo|tablespace"
              + "|logfile|instance)\\b.*",
          Pattern.DOTALL);

  private static final Pattern HARMLESS =
      Pattern.compile(
          "^(analyze|optimize|repair|check|flush|grant|revoke|set|install|uninstall|change|reset"
              + "|kill|lock|unlock|use|cache|purge)\\b.*",
          Pattern.DOTALL);

  /** MariaDB writes it with the statement that it is for. */
  private static final Pattern SET_STATEMENT =
      Pattern.compile("^set\\s+statement\\s.*?\\sfor\\s+", Pattern.DOTALL);

  private static final Pattern WORD_BEFORE = Pattern.compile("[\\w$]$");

  /** What it means. */
  enum Meaning {
    BEGIN,
    COMMIT,
    ROLLBACK,
    /** Undoes a part of what the log has shown already. */
    ROLLBACK_TO,
    XA,
    NOTHING,
    DDL,
    TRUNCATE,
    ROWS_AS_TEXT
  }

  Meaning meaning() {
    String text = plain();
    if (text.isEmpty() || text.startsWith("savepoint") || text.startsWith("release savepoint")) {
      return Meaning.NOTHING;
    }
    if (text.equals("begin") || text.startsWith("start transaction")) {
      return Meaning.BEGIN;
    }
    if (text.equals("commit")) {
      return Meaning.COMMIT;
    }
    if (text.startsWith("rollback")) {
      return text.equals("rollback") ? Meaning.ROLLBACK : Meaning.ROLLBACK_TO;
    }
    if (text.startsWith("xa ")) {
      return Meaning.XA;
    }
    if (text.startsWith("truncate")) {
      return Meaning.TRUNCATE;
    }
    if (ELSEWHERE.matcher(text).matches() || HARMLESS.matcher(text).matches()) {
      return Meaning.NOTHING;
    }
    return CREATES.matcher(text).matches() ? Meaning.DDL : Meaning.ROWS_AS_TEXT;
  }

  /** What the stream says of it, when rows cannot be read over it. */
  Optional<Statement.Kind> obstacle() {
    return switch (meaning()) {
      case DDL -> Optional.of(Statement.Kind.DDL);
      case TRUNCATE -> Optional.of(Statement.Kind.TRUNCATE);
      case ROWS_AS_TEXT -> Optional.of(Statement.Kind.STATEMENT_FORMAT);
      case BEGIN, COMMIT, ROLLBACK, ROLLBACK_TO, XA, NOTHING -> Optional.empty();
    };
  }

  /** Whether it can concern one of the schemas; only what surely changes nothing else does not. */
  boolean concerns(ReadSchemas schemas) {
    if (schemas.reads(schema)) {
      return true;
    }
    Set<String> named = schemas.named();
    if (named.isEmpty()) { // all of applications
      return !OwnObjects.areAllOf(this);
    }
    return named.stream().anyMatch(this::mentions);
  }

  /** Whether the name stands in it as a word. */
  boolean mentions(String name) {
    String text = sql.toLowerCase(Locale.ROOT);
    String word = name.toLowerCase(Locale.ROOT);
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      boolean starts = at == 0 || !WORD_BEFORE.matcher(text.substring(at - 1, at)).find();
      int end = at + word.length();
      boolean ends =
          end == text.length() || !WORD_BEFORE.matcher(text.substring(end, end + 1)).find();
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  private String plain() {
    String opened = CONDITIONAL.matcher(sql).replaceAll("$1 ");
    String text = COMMENTS.matcher(opened).replaceFirst("").strip().toLowerCase(Locale.ROOT);
    return SET_STATEMENT.matcher(text).replaceFirst("");
  }
}
