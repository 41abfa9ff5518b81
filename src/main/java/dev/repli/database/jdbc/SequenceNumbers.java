package dev.repli.database.jdbc;

import dev.repli.database.survey.TableName;
import java.util.OptionalLong;

/** Numbers that a sequence has not handed out. */
final class SequenceNumbers {
  private SequenceNumbers() {}

  static OptionalLong next(SqlLink link, TableName sequence) {
    return link.row(
            "reading sequence " + sequence,
            "SELECT next_not_cached_value FROM " + quoted(sequence),
            row -> OptionalLong.of(row.getLong(1)))
        .orElse(OptionalLong.empty());
  }

  static String quoted(TableName name) {
    return quoted(name.schema()) + "." + quoted(name.name());
  }

  static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
