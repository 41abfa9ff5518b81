package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.InitialCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keys of the initial copy. */
final class CopyKeys {
  private static final Key<Path> SOURCE_DATA =
      Key.required("sourceData", Addresses.file(), "Data directory of the source, readable here.");
  private static final Key<Path> TARGET_DATA =
      Key.required("targetData", Addresses.file(), "Data directory of the target; replaced.");
  private static final Key<List<String>> STOP =
      Key.required(
          "stop", new Items<>(Texts.line(1000), 1), "Program and arguments that stop the target.");
  private static final Key<List<String>> START =
      Key.required(
          "start",
          new Items<>(Texts.line(1000), 1),
          "Program and arguments that start the target.");
  private static final Block<InitialCopy.Files> FILES_BLOCK =
      Block.of(
          List.of(SOURCE_DATA, TARGET_DATA, STOP, START),
          values ->
              new InitialCopy.Files(
                  values.get(SOURCE_DATA),
                  values.get(TARGET_DATA),
                  values.get(STOP),
                  values.get(START)));

  private static final Key<InitialCopy.Method> METHOD =
      Key.withDefault(
          "method",
          Texts.oneOf(InitialCopy.Method.class),
          "auto",
          "auto takes mariadb-backup where both sides allow it, else a dump.");
  private static final Key<Optional<Account>> ACCOUNT =
      Key.optional(
          "account",
          NodeKeys.ACCOUNT,
          "Account that may read all of the source and write all of the target;"
              + " Repli's own when left out.");
  private static final Key<Path> TOOLS =
      Key.withDefault(
          "tools",
          Addresses.file(),
          "/usr/bin",
          "Folder with mariadb-dump, mariadb and mariadb-backup of the target's release.");
  private static final Key<Path> MYSQL_TOOLS =
      Key.withDefault(
          "mysqlTools", Addresses.file(), "/usr/bin", "Folder with mysqldump, for MySQL.");
  private static final Key<Optional<Path>> DIRECTORY =
      Key.optional(
          "directory",
          Addresses.file(),
          "Where the copy is kept meanwhile; a folder of Repli's own when left out.");
  private static final Key<List<String>> SCHEMAS =
      Key.withDefault(
          "schemas",
          new Items<>(Texts.formed("[A-Za-z0-9_$-]{1,64}", "a schema's name", schema -> schema), 0),
          List.of(),
          "Schemas to copy; all but the server's own when left out.");
  private static final Key<Duration> EXPECTED =
      Key.withDefault(
          "expected",
          Durations.between("1s", "30d"),
          "1h",
          "Expected duration; above it the run is late.");
  private static final Key<Optional<InitialCopy.Files>> FILES =
      Key.optional("files", FILES_BLOCK, "What a physical copy needs on this machine.");

  static final Block<InitialCopy> COPY =
      Block.of(
              List.of(METHOD, ACCOUNT, TOOLS, MYSQL_TOOLS, DIRECTORY, SCHEMAS, EXPECTED, FILES),
              values ->
                  new InitialCopy(
                      values.get(METHOD),
                      values.get(ACCOUNT),
                      values.get(TOOLS),
                      values.get(MYSQL_TOOLS),
                      values.get(DIRECTORY),
                      values.get(SCHEMAS),
                      values.get(EXPECTED),
                      values.get(FILES)))
          .checked(CopyKeys::backupHasFiles);

  private CopyKeys() {}

  private static void backupHasFiles(Values values) {
    boolean backup = values.find(METHOD).filter(InitialCopy.Method.BACKUP::equals).isPresent();
    if (backup && values.find(FILES).flatMap(files -> files).isEmpty()) {
      values.error("files", "is missing, which method backup needs", "a block of files", "");
    }
  }
}
