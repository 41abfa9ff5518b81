package dev.repli.delta.binlog;

import dev.repli.delta.binlog.SqlWords.Kind;
import dev.repli.delta.binlog.SqlWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a statement changes nothing but objects of the servers or of Repli: each object that it
 * names is in one of those schemas. What is not understood may change others.
 */
final class OwnObjects {
  private static final Set<String> SCHEMAS = Set.of("database", "schema");
  private static final Set<String> KINDS =
      Set.of("table", "tables", "view", "event", "procedure", "function", "trigger", "sequence");

  /** What may stand between CREATE and the kind of what is created. */
  private static final Set<String> BEFORE_KIND =
      Set.of(
          "or",
          "replace",
          "algorithm",
          "=",
          "undefined",
          "merge",
          "temptable",
          "sql",
          "security",
          "definer",
          "invoker",
          "aggregate",
          "online",
          "offline",
          "ignore");

  private static final Set<String> BEFORE_NAME =
      Set.of(
          "if",
          "not",
          "exists",
          "into",
          "from",
          "low_priority",
          "high_priority",
          "delayed",
          "quick",
          "ignore",
          "table");

  private final List<Word> words;
  private final boolean clear;

  /** Schema of a name without one; itself one of those, or empty. */
  private final String schema;

  private int at;
  private boolean inSchemas;

  private OwnObjects(SqlWords words, String schema) {
    this.words = words.words();
    this.clear = words.clear();
    this.schema = schema;
  }

  static boolean areAllOf(StatementText statement) {
    return new OwnObjects(SqlWords.of(statement.sql()), statement.schema()).allOwn();
  }

  private boolean allOwn() {
    skipSettings();
    String verb = next().text().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "create" -> kind() && name();
      // a new name or an exchanged partition can be another's
      case "alter" -> kind() && name() && restIsOwn();
      case "drop" -> kind() && names(",");
      case "rename" -> kind() && names(",", "to");
      case "truncate" -> skip(BEFORE_NAME) && name() && isAtEnd();
      case "insert", "replace", "update" -> skip(BEFORE_NAME) && name() && restIsOwn();
      case "delete" -> skip(BEFORE_NAME) && words.get(at - 1).is("from") && name() && restIsOwn();
      default -> false;
    };
  }

  private Word next() {
    return at < words.size() ? words.get(at++) : new Word(Kind.SIGN, "");
  }

  private boolean is(String word) {
    return at < words.size() && words.get(at).is(word);
  }

  private boolean isAtEnd() {
    return at == words.size() || (is(";") && at + 1 == words.size());
  }

  /** SET STATEMENT … FOR stands in front of the statement that it is for. */
  private void skipSettings() {
    if (words.size() > 1 && words.get(0).is("set") && words.get(1).is("statement")) {
      while (at < words.size() && !is("for")) {
        at++;
      }
      at++;
    }
  }

  private boolean skip(Set<String> filler) {
    while (at < words.size() && filler.stream().anyMatch(this::is)) {
      at++;
    }
    return true;
  }

  /** Goes behind the kind of the object; false for kinds that have no schema. */
  private boolean kind() {
    while (at < words.size()) {
      if (is("definer") && !definer()) {
        return false;
      }
      if (SCHEMAS.stream().anyMatch(this::is)) {
        inSchemas = true;
        at++;
        return skip(BEFORE_NAME);
      }
      if (KINDS.stream().anyMatch(this::is)) {
        at++;
        return skip(BEFORE_NAME);
      }
      if (BEFORE_KIND.stream().noneMatch(this::is)) {
        return false;
      }
      at++;
    }
    return false;
  }

  /** {@code DEFINER = name@host}; behind SQL SECURITY it is a word alone. */
  private boolean definer() {
    at++;
    if (!is("=")) {
      return true;
    }
    at++;
    if (at >= words.size() || words.get(at).kind() == Kind.SIGN) {
      return false;
    }
    at++;
    if (is("@")) {
      at += 2;
    } else if (is("(")) {
      at += 2;
    }
    return true;
  }

  private boolean names(String... between) {
    do {
      if (!name()) {
        return false;
      }
      if (isAtEnd()) {
        return true;
      }
    } while (goesOn(List.of(between)));
    return restIsOwn() && (is("restrict") || is("cascade") || is("wait") || is("nowait"));
  }

  private boolean goesOn(List<String> between) {
    if (between.stream().noneMatch(this::is)) {
      return false;
    }
    at++;
    return true;
  }

  private boolean name() {
    Word first = next();
    if (!first.isName()) {
      return false;
    }
    if (!is(".") || inSchemas) {
      return ReadSchemas.NEVER.contains(inSchemas ? first.text() : schema);
    }
    at++;
    return next().isName() && ReadSchemas.NEVER.contains(first.text());
  }

  /** No name with another schema follows. Names of columns with their table count as such. */
  private boolean restIsOwn() {
    List<String> schemas = new ArrayList<>();
    for (int i = at; i + 2 < words.size(); i++) {
      if (words.get(i).isName() && words.get(i + 1).is(".")) {
        schemas.add(words.get(i).text());
      }
    }
    return clear && ReadSchemas.NEVER.containsAll(schemas);
  }
}
