package dev.repli.backup;

import dev.repli.host.Allowed;
import dev.repli.host.HostCommand;
import dev.repli.plan.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The programs of the previous release; another release's cannot prepare its backups. */
public final class BackupTools {
  /** A restore of some terabytes. */
  private static final Duration LONG = Duration.ofHours(24);

  private static final List<String> NAMES =
      List.of("mariadbd", "mariadb", "mariadb-backup", "mbstream", "mariadb-binlog");
  private final Path folder;

  public BackupTools(Machine.Previous previous) {
    this.folder = previous.tools();
  }

  /** What has to be allowed on the machine for work with its backups. */
  public static Allowed allowed(Machine machine) {
    Allowed allowed =
        Allowed.FILES
            .program("/bin/cat", "/bin/gzip", "/bin/sed")
            .program(machine.server().toString());
    return machine
        .previous()
        .map(
            previous ->
                allowed.program(
                    NAMES.stream()
                        .map(name -> previous.tools().resolve(name).toString())
                        .toArray(String[]::new)))
        .orElse(allowed);
  }

  /** What has to be in the folder of its tools. */
  public static List<String> names() {
    return NAMES;
  }

  private String program(String name) {
    return folder.resolve(name).toString();
  }

  /** Writes a backup's files into a directory that is there and empty. */
  HostCommand unpack(Backup backup, Path into) {
    List<String> mbstream = List.of(program("mbstream"), "-x", "-C", into.toString());
    String from = backup.path().toString();
    return switch (backup.form()) {
      case DIRECTORY ->
          HostCommand.acts(LONG, List.of("/bin/cp", "-a", "--", from + "/.", into.toString()));
      case STREAM -> HostCommand.acts(LONG, List.of("/bin/cat", "--", from)).into(mbstream);
      case STREAM_GZIP ->
          HostCommand.acts(LONG, List.of("/bin/gzip", "-dc", "--", from)).into(mbstream);
    };
  }

  /** Without the option it takes a damaged event for a good one, and says nothing. */
  private List<String> logReader() {
    return new ArrayList<>(
        List.of(program("mariadb-binlog"), "--no-defaults", "--verify-binlog-checksum"));
  }

  /**
   * Reads a part of a binary log, whose statements a second program reads. Not good, or something
   * said about it: it is damaged.
   *
   * @param from its first byte, of an event
   * @param to the byte after its last
   */
  public HostCommand verify(Path log, long from, long to, List<String> second) {
    List<String> reader = logReader();
    reader.add("--start-position=" + from);
    reader.add("--stop-position=" + to);
    reader.add(log.toString());
    return HostCommand.looks(LONG, reader).into(second);
  }

  /**
   * Sends what binary logs hold to a server. The server's own limit for packets has to be raised
   * before: a change of many rows is one statement.
   *
   * @param logs in their order
   * @param limits {@code --start-position=…}, {@code --stop-position=…} and their like
   * @param client how the client reaches the server, without a password
   */
  public HostCommand replay(List<Path> logs, List<String> limits, List<String> client) {
    List<String> reader = logReader();
    reader.addAll(limits);
    logs.forEach(log -> reader.add(log.toString()));
    List<String> writer =
        new ArrayList<>(
            List.of(
                program("mariadb"), "--no-defaults", "--binary-mode", "--max-allowed-packet=1G"));
    writer.addAll(client);
    return HostCommand.acts(LONG, reader).into(writer);
  }

  /**
   * Writes what binary logs hold into a file of statements, which a client can run later.
   *
   * @param logs in their order
   * @param limits as for {@link #replay}
   * @param file what it held before is gone
   */
  public HostCommand print(List<Path> logs, List<String> limits, Path file) {
    List<String> reader = logReader();
    reader.addAll(limits);
    reader.add("--result-file=" + file);
    logs.forEach(log -> reader.add(log.toString()));
    return HostCommand.acts(LONG, reader);
  }

  HostCommand prepare(Path directory) {
    return HostCommand.acts(
        LONG,
        List.of(
            program("mariadb-backup"), "--no-defaults", "--prepare", "--target-dir=" + directory));
  }

  /** Without accounts and network: only who can open the socket comes in. */
  HostCommand serve(Path data, String socket, String user) {
    return HostCommand.acts(
        LONG,
        List.of(
            program("mariadbd"),
            "--defaults-file=" + data.resolve("backup-my.cnf"),
            "--datadir=" + data,
            "--socket=" + socket,
            "--user=" + user,
            "--skip-networking",
            "--skip-grant-tables",
            "--skip-slave-start",
            "--skip-log-bin",
            "--event-scheduler=OFF",
            "--read-only=1",
            "--innodb-buffer-pool-size=64M",
            "--pid-file=" + data.resolve("scratch.pid"),
            "--log-error=" + data.resolve("scratch.err")));
  }

  HostCommand ask(Path data, String socket, String sql) {
    return HostCommand.looks(
        LONG,
        List.of(
            program("mariadb"),
            "--no-defaults",
            "--protocol=socket",
            "--skip-ssl",
            "--socket=" + data.resolve(socket),
            "--batch",
            "--skip-column-names",
            "--default-character-set=utf8mb4",
            "--execute=" + sql));
  }
}
