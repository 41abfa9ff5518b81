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

  /** Rows of the write probe travel with those of all applications. */
  boolean reads(String schema, String table) {
    boolean probe = schema.equals("repli_probe") && table.equals("probe_write");
    return reads(schema) || (probe && (named.isEmpty() || named.contains(schema)));
  }

  boolean reads(String schema) {
    return !schema.isEmpty()
        && !NEVER.contains(schema)
        && (named.isEmpty() || named.contains(schema));
  }
}
