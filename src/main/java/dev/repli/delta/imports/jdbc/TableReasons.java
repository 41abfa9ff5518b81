package dev.repli.delta.imports.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a table cannot be imported into, and what would help. */
final class TableReasons {
  private TableReasons() {}

  /**
   * @param type {@code BASE TABLE}, {@code SYSTEM VERSIONED}, {@code VIEW}
   */
  static Optional<String> kind(String type, String engine) {
    if (type.equals("SYSTEM VERSIONED")) {
      return Optional.of(
          "the table keeps old versions of rows, which an import would date anew; abandon its"
              + " changes or bring them over by hand");
    }
    if (!type.equals("BASE TABLE")) {
      return Optional.of("it is no table but a " + type.toLowerCase(Locale.ROOT));
    }
    return engine.equalsIgnoreCase("InnoDB")
        ? Optional.empty()
        : Optional.of(
            "engine %s cannot undo what an import was killed in; ALTER TABLE … ENGINE=InnoDB"
                .formatted(engine));
  }

  static String triggers(List<String> names) {
    return "triggers would do a second time what the changes contain already: %s; note SHOW CREATE"
            .formatted(String.join(", ", names))
        + " TRIGGER of each, drop them for the import, create them again after it";
  }

  static String unseenTriggers(String schema) {
    return "the account may not see whether there are triggers, which would do a second time what"
        + " the changes contain; GRANT TRIGGER ON `%s`.* to it".formatted(schema);
  }
}
