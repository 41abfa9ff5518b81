package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The servers' tools behind scripts that count their calls and can kill their caller, which is
 * Repli, at one of them.
 */
record FaultyTools(Path folder) {
  private static final String COUNTED =
      """
      #!/bin/sh
      name=%2$s
      for word in "$@"; do
        case $word in --backup|--prepare|--copy-back) name=$name$word;; esac
      done
      echo "$name" >>'%1$s/calls'
      number=$(grep -cx -e "$name" '%1$s/calls')
      fault=$(cat '%1$s/fault' 2>/dev/null)
      case $fault in "$name $number "*) rm '%1$s/fault';; esac
      case $fault in
        "$name $number before") kill -9 $PPID; exit 1;;
        "$name $number half-read") head -c 3000 | %3$s "$@"; kill -9 $PPID; exit 1;;
        "$name $number half-written") %3$s "$@" | head -c 20000; kill -9 $PPID; exit 1;;
        "$name $number after") %3$s "$@"; kill -9 $PPID; exit 1;;
        "$name $number orphan") kill -9 $PPID;;
      esac
      exec %3$s "$@"
      """;

  static FaultyTools around(Path real, Path folder) throws IOException {
    FaultyTools tools = new FaultyTools(Files.createDirectory(folder));
    for (String name : List.of("mariadb-dump", "mariadb", "mariadb-backup")) {
      tools.script(name, real.resolve(name).toString());
    }
    return tools;
  }

  /** One more that is counted, for example the operators' own command. */
  Path script(String name, String command) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, COUNTED.formatted(folder, name, command));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /**
   * @param fault the tool, which of its calls, and where in it
   */
  void kill(String fault) throws IOException {
    Files.deleteIfExists(folder.resolve("calls"));
    Files.writeString(folder.resolve("fault"), fault);
  }

  boolean killed() {
    return Files.notExists(folder.resolve("fault"));
  }

  long calls(String name) throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().filter(name::equals).count()
        : 0;
  }
}
