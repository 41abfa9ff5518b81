package dev.repli.delta.binlog;

import java.util.Set;

/**
 * Which schemas are read.
 *
 * @param named empty for all of applications
 */
record ReadSchemas(Set<String> named) {
  /** The servers' own and Repli's own. */
  static final Set<String> NEVER =
      Set.of(
          "mysql", "sys", "information_schema", "performance_schema", "repli_probe", "repli_trial");

  boolean reads(String schema) {
    return !schema.isEmpty()
        && !NEVER.contains(schema)
        && (named.isEmpty() || named.contains(schema));
  }
}
