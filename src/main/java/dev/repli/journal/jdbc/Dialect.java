package dev.repli.journal.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What differs between the databases that can hold the journal. */
enum Dialect {
  /**
   * H2 (with WRITE_DELAY=0) writes a commit to the file but never forces it to the disk: it
   * outlives the program, not the machine. CHECKPOINT SYNC forces it; see docs/journal.md for its
   * cost.
   */
  H2("jdbc:h2:", "", "CHECKPOINT SYNC"),
  /** A commander that was frozen inside a transaction must not keep its successor out for ever. */
  MARIADB(
      "jdbc:mariadb:",
      "SET SESSION idle_transaction_timeout = 10, innodb_lock_wait_timeout = 5",
      ""),
  POSTGRESQL(
      "jdbc:postgresql:",
      "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '5s'",
      "");

  /** What a crash of the machine must not take back, since people or a successor rely on it. */
  private static final Set<String> FORCED =
      Set.of("SWITCH_ARMED", "POINT_OF_NO_RETURN", "SWITCH_ENDED", "ABORT_REQUESTED");

  private final String url;
  private final String prepare;
  private final String force;

  Dialect(String url, String prepare, String force) {
    this.url = url;
    this.prepare = prepare;
    this.force = force;
  }

  static Dialect of(String url) {
    return Arrays.stream(values())
        .filter(dialect -> url.startsWith(dialect.url))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the journal needs jdbc:h2:, jdbc:mariadb: or jdbc:postgresql: in"
                        + " spring.datasource.url"));
  }

  /** What to add to the address so that no empty database is made. */
  String onlyExisting() {
    return this == H2 ? ";IFEXISTS=TRUE" : "";
  }

  /** Statement for a new connection, empty when none is needed. */
  String prepare() {
    return prepare;
  }

  /** Statements after a commit of these milestones. */
  List<String> afterCommit(Set<String> milestones) {
    return force.isEmpty() || milestones.stream().noneMatch(FORCED::contains)
        ? List.of()
        : List.of(force);
  }
}
