package dev.repli.inplace.jdbc;

import dev.repli.backup.BackupFacts.Table;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.inplace.UpgradedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One session. */
final class JdbcUpgradedServer implements UpgradedServer {
  private static final Duration CHECKSUM_LIMIT = Duration.ofHours(24);
  private final SqlLink link;

  JdbcUpgradedServer(SqlLink link) {
    this.link = link;
  }

  @Override
  public String version() {
    return text("its version", "SELECT VERSION()");
  }

  @Override
  public Path dataDirectory() {
    return Path.of(text("its data directory", "SELECT @@datadir")).normalize();
  }

  @Override
  public Optional<Path> logFolder() {
    return link.text("reading where its binary logs are", "SELECT @@log_bin_basename")
        .filter(name -> !name.isBlank())
        .map(name -> Path.of(name).normalize().getParent());
  }

  @Override
  public Map<String, String> folders() {
    Map<String, String> found = new TreeMap<>();
    link.rows(
            "reading where its data are",
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_data_home_dir',"
                + " 'innodb_log_group_home_dir', 'innodb_undo_directory', 'aria_log_dir_path',"
                + " 'innodb_data_file_path')",
            row -> Map.entry(row.getString(1), Objects.requireNonNullElse(row.getString(2), "")))
        .forEach(row -> found.put(row.getKey(), folder(row.getKey(), row.getValue())));
    return found;
  }

  /** Of files that are named with their folders that of the first which is not in the data. */
  private static String folder(String option, String value) {
    if (!option.equals("innodb_data_file_path")) {
      return value;
    }
    int slash = value.indexOf('/');
    return slash < 0 ? "" : value.substring(slash, Math.max(slash + 1, value.indexOf(':', slash)));
  }

  @Override
  public List<BinaryLog> logs() {
    return link.rows(
        "listing its binary logs",
        "SHOW BINARY LOGS",
        row -> new BinaryLog(row.getString(1), row.getLong(2)));
  }

  @Override
  public Optional<String> gtidAt(String log, long offset) {
    return link.text(
        "asking for the GTID at " + log + ":" + offset,
        "SELECT BINLOG_GTID_POS(?, ?)",
        log,
        offset);
  }

  @Override
  public String position() {
    return text("its position", "SELECT @@GLOBAL.gtid_binlog_pos");
  }

  @Override
  public Map<String, Table> tables(List<String> names) {
    Map<String, Table> found = new TreeMap<>();
    link.limit(CHECKSUM_LIMIT);
    try {
      for (String name : names) {
        table(name).ifPresent(table -> found.put(name, table));
      }
    } finally {
      link.usualLimit();
    }
    return found;
  }

  private Optional<Table> table(String name) {
    int dot = name.indexOf('.');
    String quoted = quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
    boolean there =
        link.text(
                "looking for " + name,
                "SELECT 1 FROM information_schema.tables WHERE CONCAT(table_schema, '.',"
                    + " table_name) = ?",
                name)
            .isPresent();
    if (!there) {
      return Optional.empty();
    }
    long rows = Long.parseLong(text("the rows of " + name, "SELECT COUNT(*) FROM " + quoted));
    return link.row(
            "reading the checksum of " + name,
            "CHECKSUM TABLE " + quoted,
            row -> String.valueOf(row.getString(2)))
        .map(sum -> new Table(rows, sum));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public long largestPacket() {
    return Long.parseLong(text("its packets", "SELECT @@GLOBAL.max_allowed_packet"));
  }

  @Override
  public void largestPacket(long bytes) {
    link.act("setting its largest packet", "SET GLOBAL max_allowed_packet = " + bytes, "");
  }

  private String text(String what, String sql) {
    return link.text("reading " + what, sql).orElse("");
  }

  @Override
  public void close() {
    link.close();
  }
}
