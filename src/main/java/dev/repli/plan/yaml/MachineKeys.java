package dev.repli.plan.yaml;

import dev.repli.plan.Endpoint;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of a server's machine. */
final class MachineKeys {
  private static final Key<String> HOST =
      Key.required("host", Addresses.host(), "Where its SSH server listens.");
  private static final Key<Integer> PORT =
      Key.withDefault("port", Numbers.whole(1, 65535), 22, "TCP port of its SSH server.");
  private static final Key<String> USER =
      Key.required(
          "user",
          Texts.formed(
              "[a-z_][a-z0-9_-]{0,31}",
              "1 to 32 characters a-z, 0-9, '_' and '-', without the host",
              user -> user),
          "Who works there.");
  private static final Key<List<String>> HOST_KEYS =
      Key.required(
          "hostKeys",
          new Items<>(
              Texts.formed(
                  "SHA256:[A-Za-z0-9+/]{43}",
                  "SHA256: and 43 characters, as ssh-keygen -l prints it",
                  key -> key),
              1),
          "Fingerprints of the keys that the machine may show; any other is refused.");
  private static final Key<Optional<SecretRef>> KEY =
      Key.optional("key", Addresses.secret(), "Private key without a passphrase.");
  private static final Key<Optional<SecretRef>> PASSWORD =
      Key.optional("password", Addresses.secret(), "Password, where there is no key.");
  static final Key<HostAccess> ACCESS =
      Key.required("access", Variants.of(accesses()), "How Repli works on the machine.");

  private static final Key<Path> DATA =
      Key.required("dataDirectory", Addresses.file(), "Data directory of the server.");
  static final String NAME = "[a-z_][a-z0-9_-]{0,31}";
  private static final Key<String> OWNER =
      Key.withDefault(
          "owner",
          Texts.formed(NAME + ":" + NAME, "a user and a group such as mysql:mysql", owner -> owner),
          "mysql:mysql",
          "User and group to whom the data directory belongs.");
  private static final Key<Path> SERVER =
      Key.withDefault(
          "server",
          Addresses.file(),
          "/usr/sbin/mariadbd",
          "Program of the server, which is asked for its version.");
  private static final Key<List<String>> STOP =
      Key.withDefault(
          "stop",
          command(),
          List.of("/usr/bin/systemctl", "stop", "mariadb"),
          "Program and arguments, run without a shell, that stop the server and wait for it.");
  private static final Key<List<String>> START =
      Key.withDefault(
          "start",
          command(),
          List.of("/usr/bin/systemctl", "start", "mariadb"),
          "Program and arguments that start the server.");

  private static final Key<Path> DIRECTORY =
      Key.required(
          "directory",
          Addresses.file(),
          "Folder of the physical backups: directories, *.mbstream, *.mbstream.gz.");
  private static final Key<Path> SCRATCH =
      Key.required(
          "scratch",
          Addresses.file(),
          "Where a backup is restored to be checked; needs room for the data.");
  private static final Key<Optional<Duration>> REHEARSE =
      Key.optional(
          "rehearse",
          Durations.between("1h", "365d"),
          "So long after the last proof of a backup the next one begins by itself.");
  private static final Key<Optional<Machine.Backups>> BACKUPS =
      Key.optional(
          "backups",
          Block.of(
              List.of(DIRECTORY, SCRATCH, REHEARSE),
              values ->
                  new Machine.Backups(
                      values.get(DIRECTORY), values.get(SCRATCH), values.get(REHEARSE))),
          "Physical backups of the server.");

  private static final Key<String> VERSION =
      Key.required(
          "version",
          Texts.formed(
              "[0-9]{1,2}\\.[0-9]{1,2}(\\.[0-9]{1,3})?",
              "a version such as \"10.11\"",
              version -> version),
          "Release before the upgrade.");
  private static final Key<Path> TOOLS =
      Key.required(
          "tools",
          Addresses.file(),
          "Folder with mariadbd, mariadb, mariadb-backup, mbstream and mariadb-binlog of it.");
  private static final Key<List<String>> SWITCH_BACK =
      Key.required("switchBack", command(), "Program and arguments that bring that release back.");
  private static final Key<Optional<Machine.Previous>> PREVIOUS =
      Key.optional(
          "previous",
          Block.of(
                  List.of(VERSION, TOOLS, SWITCH_BACK),
                  values ->
                      new Machine.Previous(
                          values.get(VERSION), values.get(TOOLS), values.get(SWITCH_BACK)))
              .checked(values -> named(values, SWITCH_BACK)),
          "The release before an upgrade in place, and how it comes back.");

  static final Block<Machine> MACHINE =
      Block.of(
              List.of(ACCESS, DATA, OWNER, SERVER, STOP, START, BACKUPS, PREVIOUS),
              values ->
                  new Machine(
                      values.get(ACCESS),
                      values.get(DATA),
                      values.get(OWNER),
                      values.get(SERVER),
                      values.get(STOP),
                      values.get(START),
                      values.get(BACKUPS),
                      values.get(PREVIOUS)))
          .checked(
              values -> {
                named(values, STOP);
                named(values, START);
              });

  private MachineKeys() {}

  private static Items<String> command() {
    return new Items<>(Texts.line(1000), 1);
  }

  /** What a name without a path finds depends on who asks. */
  static void named(Values values, Key<List<String>> key) {
    values
        .find(key)
        .map(words -> words.get(0))
        .filter(program -> !program.startsWith("/"))
        .ifPresent(
            program ->
                values.error(
                    key.name(),
                    "names the program " + Shown.quoted(program) + " without its folder",
                    "an absolute path first",
                    ""));
  }

  private static Map<String, Block<? extends HostAccess>> accesses() {
    Map<String, Block<? extends HostAccess>> types = new LinkedHashMap<>();
    Key<String> local =
        Key.required(Variants.TYPE, Texts.oneOf(Map.of("local", "local")), "Repli runs on it.");
    types.put("local", Block.of(List.of(local), values -> new HostAccess.Local()));
    Key<String> ssh = Key.required(Variants.TYPE, Texts.oneOf(Map.of("ssh", "ssh")), "Over SSH.");
    types.put(
        "ssh",
        Block.of(
                List.of(ssh, HOST, PORT, USER, HOST_KEYS, KEY, PASSWORD),
                values ->
                    new HostAccess.Ssh(
                        new Endpoint(values.get(HOST), values.get(PORT)),
                        values.get(USER),
                        values.get(HOST_KEYS),
                        values.get(KEY),
                        values.get(PASSWORD)))
            .checked(MachineKeys::oneProof));
    return types;
  }

  private static void oneProof(Values values) {
    if (values.find(KEY).isEmpty() || values.find(PASSWORD).isEmpty()) {
      return; // one of them is wrong, which was said
    }
    boolean key = values.find(KEY).flatMap(found -> found).isPresent();
    boolean password = values.find(PASSWORD).flatMap(found -> found).isPresent();
    if (key == password) {
      values.error(
          "key",
          key ? "stands beside a password" : "is missing, and so is a password",
          "either key or password",
          "");
    }
  }
}
