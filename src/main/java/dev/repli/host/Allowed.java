package dev.repli.host;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What may run on a host: some programs with any arguments, and some commands exactly as they are.
 *
 * @param programs absolute paths
 * @param commands whole lists of words, the plan's own
 */
public record Allowed(Set<String> programs, Set<List<String>> commands) {
  /** What work with files needs. */
  public static final Allowed FILES =
      new Allowed(
          Set.of(
              "/bin/bash",
              "/bin/chmod",
              "/bin/chown",
              "/bin/cp",
              "/bin/df",
              "/bin/mkdir",
              "/bin/mv",
              "/bin/rm",
              "/usr/bin/du",
              "/usr/bin/find",
              "/usr/bin/head",
              "/usr/bin/readlink",
              "/usr/bin/sha256sum",
              "/usr/bin/sync",
              "/usr/bin/tee"),
          Set.of());

  public Allowed {
    programs = Set.copyOf(programs);
    commands = Set.copyOf(commands);
  }

  /** These too, with any arguments. */
  public Allowed program(String... more) {
    Set<String> all = new HashSet<>(programs);
    all.addAll(List.of(more));
    return new Allowed(all, commands);
  }

  /** This one too, word for word. */
  public Allowed command(List<String> words) {
    Set<List<String>> all = new LinkedHashSet<>(commands);
    all.add(List.copyOf(words));
    return new Allowed(programs, all);
  }

  boolean allows(HostCommand command) {
    return allows(command.words()) && (command.reader().isEmpty() || allows(command.reader()));
  }

  /** A shell is allowed for this package's fixed scripts only. */
  private boolean allows(List<String> words) {
    if (words.get(0).equals("/bin/bash")) {
      return Wrapping.isOwnScript(words) || commands.contains(words);
    }
    return programs.contains(words.get(0)) || commands.contains(words);
  }
}
