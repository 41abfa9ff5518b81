package dev.repli.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that start a command on a host. The script is fixed; all data are words after it, which
 * no shell reads. It makes the command a process group of its own, says its number, holds the
 * mark's lock as long as the programs live, takes a secret from the first line of its input, and
 * answers for both ends of a pipe. The programs speak English, whatever the machine's language is.
 */
public final class Wrapping {
  static final String GROUP = "repli-group ";
  static final String BUSY = "repli-busy";
  static final String PIPE = "repli-pipe ";

  private static final String SCRIPT =
      """
      mark=$1 secret=$2 first=$3 lasting=$4; shift 4
      echo "repli-group $$" >&2
      if [ "$secret" = yes ]; then IFS= read -r MYSQL_PWD; export MYSQL_PWD; fi
      if [ -n "$mark" ]; then
        exec 9>"$mark.lock" || exit 73
        flock -n 9 || { echo repli-busy >&2; exit 75; }
      fi
      if [ "$lasting" = yes ]; then
        "$@" </dev/null >"$mark.said" 2>&1 9>&-
        status=$?
        tail -c 4000 "$mark.said" >&2
        exit "$status"
      fi
      if [ "$first" = 0 ]; then exec "$@"; fi
      writer=("${@:1:first}"); shift "$first"
      "${writer[@]}" </dev/null | "$@"
      both=("${PIPESTATUS[@]}")
      echo "repli-pipe ${both[0]} ${both[1]}" >&2
      if [ "${both[0]}" = 0 ] || [ "${both[0]}" = 141 -a "${both[1]}" != 0 ]; then
        # nobody reads any more: what ended the reader is why
        exit "${both[1]}"
      fi
      exit "${both[0]}\"""";

  /** Whoever carries the mark in its environment is one of its programs, whatever its number. */
  private static final String END =
      "[ -e \"$1.lock\" ] || exit 0;"
          + " for try in {1..100}; do"
          + " flock -n \"$1.lock\" true && exit 0;"
          + " for each in /proc/[0-9]*/environ; do"
          + " grep -qzxF \"REPLI_MARK=$1\" \"$each\" 2>/dev/null"
          + " && kill -KILL \"${each//[^0-9]/}\";"
          + " done; sleep 0.2; done; exit 1";

  private static final String FREE =
      "[ -e \"$1.lock\" ] || { echo free; exit 0; };"
          + " flock -n \"$1.lock\" echo free && exit 0;"
          + " [ -r \"$1.lock\" ] && echo busy";

  private Wrapping() {}

  /** What an adapter starts for this command. */
  public static List<String> words(HostCommand command) {
    String mark = command.mark().map(Object::toString).orElse("");
    List<String> words =
        new ArrayList<>(
            List.of(
                "/usr/bin/setsid",
                "--wait",
                "/usr/bin/env",
                "LC_ALL=C.UTF-8",
                "REPLI_MARK=" + mark,
                "/bin/bash",
                "-c",
                SCRIPT,
                "repli",
                mark,
                command.secret().isPresent() ? "yes" : "no",
                command.reader().isEmpty() ? "0" : String.valueOf(command.words().size()),
                command.lasting() ? "yes" : "no"));
    words.addAll(command.words());
    words.addAll(command.reader());
    return words;
  }

  /** Ends what runs under a mark and waits for its end; 0 when nothing does any more. */
  static List<String> endOf(Path mark) {
    return List.of("/bin/bash", "-c", END, "repli", mark.toString());
  }

  /** Says {@code free} when nothing runs under a mark, else {@code busy}. */
  static List<String> freeOf(Path mark) {
    return List.of("/bin/bash", "-c", FREE, "repli", mark.toString());
  }

  static boolean isOwnScript(List<String> words) {
    return words.size() == 5
        && words.get(1).equals("-c")
        && (words.get(2).equals(END) || words.get(2).equals(FREE));
  }

  /** Kills a process group. */
  public static List<String> kill(long group) {
    return List.of("/bin/kill", "-KILL", "--", "-" + group);
  }
}
