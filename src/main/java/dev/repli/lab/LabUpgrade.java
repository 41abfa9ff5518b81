package dev.repli.lab;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupRehearsal;
import dev.repli.backup.BackupState;
import dev.repli.backup.BackupTools;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A real 10.11 that was backed up, written on, and upgraded in place to 11.8; it runs as a service
 * does, by a start and a stop command, and ends with this program.
 */
public final class LabUpgrade implements DemoServers, AutoCloseable {
  /** The account that may do everything, and is in the backup already. */
  public static final String USER = "inplace";

  static final String OLD = "mariadb-10.11";
  static final String NEW = "mariadb-11.8";
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** As a service: returns when it was begun, holds nothing open, and is not begun twice. */
  private static final String START =
      """
      #!/bin/bash
      cd %1$s
      share=$(ls -d current/usr/share/m*/english | head -1)
      setsid flock -n running current/w/mariadbd --defaults-file=%1$s/server.cnf \
        --lc-messages-dir="%1$s/${share%%/english}" \
        --character-sets-dir="%1$s/${share%%/english}/charsets" </dev/null >>started.log 2>&1 &
      """;

  private static final String STOP =
      """
      #!/bin/bash
      pid=$(cat %s/data/lab.pid) || exit 0
      kill -TERM "$pid"
      for try in {1..600}; do kill -0 "$pid" 2>/dev/null || exit 0; sleep 0.1; done
      exit 1
      """;

  /** What is written when. */
  public interface Story {
    ServerSettings settings();

    /** On 10.11; what is not said to be local is in its binary log. */
    void beforeTheBackup(Statement sql) throws SQLException;

    /** On 10.11, after its backup. */
    void afterTheBackup(Statement sql) throws SQLException;
  }

  private final Path folder;
  private final Path root;
  private final String password;
  private final LabAccounts accounts;
  private final Thread atExit = new Thread(this::end, "end-upgraded-server");
  private final ServerInstallation old = ServerInstallation.unpacked(OLD);
  private int port;
  private Path fenceFile = Path.of("");

  private LabUpgrade(Path folder, String password, LabAccounts accounts) {
    this.folder = folder;
    this.root = folder.resolve("server").toAbsolutePath();
    this.password = password;
    this.accounts = accounts;
  }

  /** Whether both releases were fetched. */
  public static boolean isPossible() {
    return ServerInstallation.isUnpacked(OLD) && ServerInstallation.isUnpacked(NEW);
  }

  /**
   * Plays the story up to the upgrade. Takes some seconds.
   *
   * @param folder for all that is written; everything that was made in it is deleted at the end
   * @param password of {@link #USER}
   */
  public static LabUpgrade start(Path folder, String password, LabAccounts accounts, Story story)
      throws IOException, SQLException {
    LabUpgrade upgrade = new LabUpgrade(folder, password, accounts);
    Runtime.getRuntime().addShutdownHook(upgrade.atExit);
    try {
      upgrade.play(story);
      return upgrade;
    } catch (IOException | SQLException | RuntimeException failed) {
      upgrade.close();
      throw failed;
    }
  }

  private void play(Story story) throws IOException, SQLException {
    MariaDbServer made = MariaDbServer.start(old, story.settings(), accounts, root);
    port = made.port();
    fenceFile = made.fenceFile();
    made.run(
        false,
        "CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(USER, password),
        "GRANT ALL ON *.* TO '" + USER + "'@'%'");
    write(story::beforeTheBackup);
    Files.createDirectories(folder.resolve("backups"));
    Files.createDirectories(folder.resolve("scratch"));
    backUp();
    write(story::afterTheBackup);
    made.stop();
    made.restart(); // its options no longer name the file with its first accounts
    made.handOver();
    script("start", START.formatted(root));
    script("stop", STOP.formatted(root));
    link(ServerInstallation.tree(NEW));
    run(folder.resolve("start"));
    awaitAnswer();
    run(tools(NEW).resolve("mariadb-upgrade"), client());
  }

  /** Statements at one moment. */
  private interface Writes {
    void on(Statement sql) throws SQLException;
  }

  private void write(Writes writes) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      writes.on(sql);
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** The programs find their files by the folder above their own. */
  void link(Path release) throws IOException {
    Files.deleteIfExists(root.resolve("current"));
    Files.createSymbolicLink(root.resolve("current"), release);
  }

  static Path tools(String name) {
    return ServerInstallation.tree(name).resolve("w");
  }

  private String[] client() {
    return new String[] {
      "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", "--port=" + port, "--user=" + USER
    };
  }

  private void backUp() throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--no-defaults", "--backup", "--datadir=" + root.resolve("data")));
    arguments.addAll(List.of(client()).subList(1, client().length));
    arguments.add("--target-dir=" + folder.resolve("backups/monday"));
    run(tools(OLD).resolve("mariadb-backup"), arguments.toArray(String[]::new));
  }

  /** Restores the backup for real, which is its proof. */
  public void prove(Hosts hosts) {
    Machine machine = machine();
    Supplier<Host> session =
        () -> hosts.connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE);
    try (Host host = session.get()) {
      Backup backup = new BackupCatalogue(host, machine).list().get(0);
      BackupState state =
          new BackupRehearsal(session, machine, Clock.systemUTC())
              .prove(backup, new Cancellation());
      if (!(state instanceof BackupState.Proved)) {
        throw new IllegalStateException("the backup cannot be proved: " + state);
      }
    }
  }

  /** As a plan says it. */
  public Machine machine() {
    String owner = System.getProperty("user.name");
    return new Machine(
        new HostAccess.Local(),
        root.resolve("data"),
        owner + ":" + owner,
        root.resolve("current/w/mariadbd"),
        List.of(folder.resolve("stop").toString()),
        List.of(folder.resolve("start").toString()),
        Optional.of(new Machine.Backups(folder.resolve("backups"), folder.resolve("scratch"))),
        Optional.of(
            new Machine.Previous(
                "10.11",
                tools(OLD),
                List.of(
                    "/bin/ln",
                    "-sfn",
                    ServerInstallation.tree(OLD).toString(),
                    root + "/current"))));
  }

  /** The part {@code machine} of its node in a plan's file. */
  String planEntry() {
    return planEntry("{type: local}");
  }

  String planEntry(String access) {
    Machine machine = machine();
    Machine.Backups backups = machine.backups().orElseThrow();
    Machine.Previous previous = machine.previous().orElseThrow();
    return """
        machine:
          access: %s
          dataDirectory: %s
          owner: "%s"
          server: %s
          stop: %s
          start: %s
          backups: {directory: %s, scratch: %s}
          previous:
            version: "%s"
            tools: %s
            switchBack: %s
        """
        .formatted(
            access,
            machine.dataDirectory(),
            machine.owner(),
            machine.server(),
            machine.stop(),
            machine.start(),
            backups.directory(),
            backups.scratch(),
            previous.version(),
            previous.tools(),
            previous.switchBack());
  }

  void run(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("programs.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("MYSQL_PWD", password);
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " ran", e);
    }
  }

  void awaitAnswer() throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (Connection connection = connect()) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException notYet) {
        if (System.nanoTime() > end || Thread.interrupted()) {
          throw new IOException("it does not start, see " + root.resolve("started.log"), notYet);
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  public int port() {
    return port;
  }

  /** Keeps the server fenced over a restart. */
  public Path fenceFile() {
    return fenceFile;
  }

  LabAccounts accounts() {
    return accounts;
  }

  /** As {@link #USER}. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", USER, password);
  }

  /** Ends the server, whichever release runs, and deletes what was made. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      // the hook runs by itself, and finds nothing left to do
    }
  }

  private void end() {
    String mine = "--defaults-file=" + root.resolve("server.cnf");
    ProcessHandle.allProcesses()
        .filter(
            process -> process.info().commandLine().filter(line -> line.contains(mine)).isPresent())
        .forEach(LabUpgrade::end);
    try {
      new ServerFolder(root, old).delete();
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException("cannot remove " + root + "; remove it by hand", e.getCause());
    }
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    var unused = process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
