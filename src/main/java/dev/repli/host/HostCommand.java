package dev.repli.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One program with its arguments, or two of which the second reads what the first writes. Never a
 * line for a shell: every word reaches the program as it is.
 *
 * @param words absolute path of the program, then its arguments
 * @param reader of a pipe: the second program, whose output counts; empty without a pipe
 * @param effect whether it changes something
 * @param atMost after that it is killed with everything it started
 * @param secret given to the programs as {@code MYSQL_PWD}; it travels on standard input, so that
 *     no list of processes shows it
 * @param mark path without suffix; while a command of one mark runs on a host, a second is refused,
 *     and whoever comes later can end it, even when the Repli that started it is dead
 * @param lasting goes on to its end when the connection is lost or Repli dies: its output goes to a
 *     file, the mark with {@code .said}, whose end is told afterwards
 */
public record HostCommand(
    List<String> words,
    List<String> reader,
    Effect effect,
    Duration atMost,
    Optional<Secret> secret,
    Optional<Path> mark,
    boolean lasting) {
  /** Whether a dry run may run it. */
  public enum Effect {
    LOOKS,
    ACTS
  }

  public HostCommand {
    words = List.copyOf(words);
    reader = List.copyOf(reader);
    refuseOdd(words);
    if (!reader.isEmpty()) {
      refuseOdd(reader);
    }
    if (lasting && (mark.isEmpty() || !reader.isEmpty() || secret.isPresent())) {
      throw new IllegalArgumentException(
          "what lasts is one program, needs a mark, and takes no secret");
    }
    if (atMost.isNegative() || atMost.isZero()) {
      throw new IllegalArgumentException("a command needs time, not " + atMost);
    }
  }

  private static void refuseOdd(List<String> words) {
    if (words.isEmpty() || !words.get(0).startsWith("/")) {
      throw new IllegalArgumentException("a program is named by its absolute path");
    }
    for (String word : words) {
      if (word.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "an argument of " + words.get(0) + " contains a control character");
      }
    }
  }

  public static HostCommand looks(Duration atMost, List<String> words) {
    return new HostCommand(
        words, List.of(), Effect.LOOKS, atMost, Optional.empty(), Optional.empty(), false);
  }

  public static HostCommand acts(Duration atMost, List<String> words) {
    return new HostCommand(
        words, List.of(), Effect.ACTS, atMost, Optional.empty(), Optional.empty(), false);
  }

  /** The same, its output read by a second program. */
  public HostCommand into(List<String> second) {
    return new HostCommand(words, second, effect, atMost, secret, mark, lasting);
  }

  public HostCommand with(Secret password) {
    return new HostCommand(words, reader, effect, atMost, Optional.of(password), mark, lasting);
  }

  public HostCommand marked(Path path) {
    return new HostCommand(words, reader, effect, atMost, secret, Optional.of(path), lasting);
  }

  /** The same under a mark, and nothing ends it half-way but its time. */
  public HostCommand toItsEnd(Path path) {
    return new HostCommand(words, reader, effect, atMost, secret, Optional.of(path), true);
  }

  /** The programs it starts. */
  public List<String> programs() {
    return reader.isEmpty() ? List.of(words.get(0)) : List.of(words.get(0), reader.get(0));
  }

  /** For people and the journal; words with blanks are in quotes. */
  public String shown() {
    List<String> shown = new ArrayList<>(words.stream().map(HostCommand::quoted).toList());
    if (!reader.isEmpty()) {
      shown.add("|");
      reader.stream().map(HostCommand::quoted).forEach(shown::add);
    }
    return String.join(" ", shown);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Text that neither prints nor compares. */
  public static final class Secret {
    private final String text;

    public Secret(String text) {
      if (text.chars().anyMatch(each -> each == '\n' || each == '\r' || each == 0)) {
        throw new IllegalArgumentException("a secret of several lines cannot be handed over");
      }
      this.text = text;
    }

    /** The secret itself, for the adapter that hands it over. */
    public String reveal() {
      return text;
    }

    @Override
    public String toString() {
      return "***";
    }
  }
}
