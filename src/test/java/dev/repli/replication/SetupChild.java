package dev.repli.replication;

import dev.repli.journal.InMemoryJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A set-up in a process of its own, which a fault ends at one place. */
final class SetupChild {
  private SetupChild() {}

  /**
   * Arguments: folder of this Repli, the pair's own, act and before or after; "none" for a fault of
   * a tool.
   */
  public static void main(String[] args) {
    SetupPair.Addresses pair = SetupPair.Addresses.parse(List.of(args).subList(3, args.length));
    UnaryOperator<SetupServers> fault =
        args[1].equals("none")
            ? servers -> servers
            : servers -> new FaultyServers(servers, args[1], args[2].equals("before"));
    try (SetupLab lab =
        new SetupLab(
            Path.of(args[0]), password(), new InMemoryJournal(), SetupPair.PART_BYTES, fault)) {
      System.out.println("END=" + new SetupWalk(lab.setup(), pair.plan()).all());
    }
  }

  /** Never on the command line. */
  private static Map<String, String> password() {
    return Map.of(
        "repli", environment("REPLI"),
        "repl", environment("REPL"),
        "repli_copy", environment("COPY"),
        "REPLI_TEST", "unused");
  }

  private static String environment(String name) {
    @Nullable String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not in the environment");
    }
    return value;
  }
}
