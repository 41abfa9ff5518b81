package dev.repli.engine;

import java.util.Locale;
import java.util.Optional;

/** The engine's own database, known by its JDBC URL; refused where it could lose a commit. */
record EngineDatabase(String url) {

  /**
   * @throws IllegalStateException when a killed Repli would lose commits that were acknowledged
   */
  void requireDurable() {
    if (isFile() && !url.toUpperCase(Locale.ROOT).contains("WRITE_DELAY=0")) {
      throw new IllegalStateException(
          "spring.datasource.url: an H2 file without WRITE_DELAY=0 acknowledges commits half a"
              + " second before it writes them, so that a killed Repli forgets what it did. Append"
              + " ;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE to the URL");
    }
  }

  /**
   * @throws IllegalStateException when several nodes may share the database, but could not tell
   *     their work apart
   */
  void requireIdentity(NodeIdentity node) {
    if (isShared() && !node.chosen()) {
      throw new IllegalStateException(
          "repli.node-id: several Repli may share the database "
              + withoutOptions()
              + ", so give each a name of its own that survives its restarts, for example"
              + " repli.node-id=repli-1");
    }
  }

  /** The engine's name for the technology where it cannot find out itself. */
  Optional<String> type() {
    return url.startsWith("jdbc:mariadb:") ? Optional.of("mysql") : Optional.empty();
  }

  private boolean isFile() {
    return url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(mem|tcp|ssl):.*");
  }

  private boolean isShared() {
    return !url.startsWith("jdbc:h2:");
  }

  /** Options can hold a password. */
  private String withoutOptions() {
    return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
  }
}
