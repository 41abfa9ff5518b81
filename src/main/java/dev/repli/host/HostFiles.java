package dev.repli.host;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of a host, by GNU's tools. What changes something may be done twice: done already is done.
 * Paths are absolute.
 */
public final class HostFiles {
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(24);

  /** What others have written may have to go to disk first. */
  private static final Duration FLUSH = Duration.ofMinutes(10);

  /** Bytes of the longest file that is read as a whole. */
  private static final int SMALL = 64 << 10;

  private static final int MOUNTS = 4 << 20;

  private final Host host;

  public HostFiles(Host host) {
    this.host = host;
  }

  /**
   * What is at a path.
   *
   * @param bytes of a file
   * @param device equal for two paths on one file system
   * @param owner {@code user:group}
   * @param mode octal, for example {@code 750}
   */
  public record Entry(
      boolean directory, long bytes, long device, String owner, String mode, long changedSeconds) {}

  /** Empty when nothing is there. */
  public Optional<Entry> look(Path path) {
    HostResult found =
        host.run(
            HostCommand.looks(
                SHORT,
                List.of("/usr/bin/find", path.toString(), "-maxdepth", "0", "-printf", FORMAT)));
    if (found.exit() == 1 && found.errors().contains("No such file or directory")) {
      return Optional.empty();
    }
    String[] parts = good(found, "look at " + path).strip().split(" ", -1);
    return Optional.of(
        new Entry(
            parts[0].equals("d"),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]),
            parts[3],
            parts[4],
            Long.parseLong(parts[5].split("\\.", 2)[0])));
  }

  private static final String FORMAT = "%y %s %D %u:%g %m %T@\\n";

  public boolean exists(Path path) {
    return look(path).isPresent();
  }

  /** The same path without links; of what is not there, where it would be. */
  public Path real(Path path) {
    String found =
        good(look("/usr/bin/readlink", "-m", "--", path.toString()), "look where " + path + " is");
    return Path.of(found.strip());
  }

  /** Whether something is mounted exactly there, a part of its own file system too; a real path. */
  public boolean isMountPoint(Path path) {
    return mounts().contains(path);
  }

  /** What is mounted somewhere below a real path. */
  public List<Path> mountsBelow(Path path) {
    return mounts().stream()
        .filter(mount -> mount.startsWith(path) && !mount.equals(path))
        .distinct()
        .toList();
  }

  /** From the kernel: by device numbers alone a second mount of one file system is not seen. */
  private List<Path> mounts() {
    return read(Path.of("/proc/self/mountinfo"), MOUNTS)
        .lines()
        .map(line -> line.split(" ", -1)[4])
        .map(HostFiles::unescaped)
        .map(Path::of)
        .toList();
  }

  /** The kernel writes spaces and their like as {@code \\040}. */
  private static String unescaped(String word) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(word)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }

  /** Names in a directory, sorted. */
  public List<String> list(Path directory) {
    String names =
        good(
            look(
                "/usr/bin/find",
                directory + "/",
                "-mindepth",
                "1",
                "-maxdepth",
                "1",
                "-printf",
                "%f\\n"),
            "list " + directory);
    return names.lines().sorted().toList();
  }

  /** Files by which a database names a table of its own that lies elsewhere, in its folders. */
  public List<String> linkedTables(Path data) {
    String found =
        good(
            look(
                "/usr/bin/find",
                data + "/",
                "-mindepth",
                "1",
                "-maxdepth",
                "2",
                "-name",
                "lost+found",
                "-prune",
                "-o",
                "-name",
                "*.isl",
                "-printf",
                "%P\\n"),
            "look for tables that lie outside of " + data);
    return found.lines().sorted().toList();
  }

  /** Bytes free for others than root on the file system of a path. */
  public long free(Path path) {
    String[] lines =
        good(look("/bin/df", "-B1", "--output=avail", path.toString()), "look for space at " + path)
            .strip()
            .split("\n", -1);
    return Long.parseLong(lines[lines.length - 1].strip());
  }

  /** Bytes of a file or of everything below a directory, as lengths of files. */
  public long bytes(Path path) {
    return bytes(path, List.of());
  }

  /**
   * The same without some of what is below it.
   *
   * @param without patterns of a shell for names
   */
  public long bytes(Path path, List<String> without) {
    List<String> words = new ArrayList<>(List.of("/usr/bin/du", "-sb", "--exclude=lost+found"));
    without.forEach(pattern -> words.add("--exclude=" + pattern));
    words.addAll(List.of("--", path.toString()));
    HostResult size = host.run(HostCommand.looks(LONG, words));
    return Long.parseLong(good(size, "measure " + path).split("\t", 2)[0]);
  }

  /** Whether a rename between both works without copying; both have to be there. */
  public boolean sameFileSystem(Path one, Path other) {
    return there(one).device() == there(other).device();
  }

  private Entry there(Path path) {
    return look(path)
        .orElseThrow(
            () ->
                problem("look at " + path, "nothing is there", HostException.Action.CORRECT_INPUT));
  }

  /** A small text file as a whole. */
  public String read(Path file) {
    return read(file, SMALL);
  }

  /**
   * A text file as a whole.
   *
   * @param most bytes; a longer one is refused
   */
  public String read(Path file, int most) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    HostCommand head =
        HostCommand.looks(
            SHORT, List.of("/usr/bin/head", "-c", String.valueOf(most + 1), "--", file.toString()));
    good(host.run(head, Host.Streams.to(text), new Cancellation()), "read " + file);
    if (text.size() > most) {
      throw problem(
          "read " + file,
          "it is longer than " + most + " bytes",
          HostException.Action.CORRECT_INPUT);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** SHA-256 in hexadecimal of a file of any length. */
  public String checksum(Path file, Cancellation cancellation) {
    HostResult sum =
        host.run(
            HostCommand.looks(LONG, List.of("/usr/bin/sha256sum", "--", file.toString())),
            Host.Streams.KEPT,
            cancellation);
    String text = good(sum, "read the checksum of " + file);
    // a name with odd characters makes the tool put a backslash in front
    return text.replaceFirst("^\\\\", "").split(" ", 2)[0];
  }

  /** Replaced as a whole or not at all, and on disk afterwards. */
  public void write(Path file, String text, String mode) {
    Path draft = file.resolveSibling(file.getFileName() + ".repli-draft");
    HostCommand tee = HostCommand.acts(SHORT, List.of("/usr/bin/tee", "--", draft.toString()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    good(
        host.run(tee, Host.Streams.from(new ByteArrayInputStream(bytes)), new Cancellation()),
        "write " + draft);
    act("set the mode of " + draft, "/bin/chmod", mode, draft.toString());
    flush(draft);
    act("put " + file + " in place", "/bin/mv", "-T", "--", draft.toString(), file.toString());
  }

  public void makeDirectory(Path directory, String mode) {
    act("make " + directory, "/bin/mkdir", "-p", "-m", mode, "--", directory.toString());
  }

  /**
   * @param owner {@code user:group}; of the directory alone
   */
  public void makeDirectory(Path directory, String mode, String owner) {
    makeDirectory(directory, mode);
    act("give " + directory + " to " + owner, "/bin/chown", "--", owner, directory.toString());
  }

  /**
   * Renames on one file system, at once or not at all. Done already when the old name is gone and
   * the new one there.
   *
   * @throws HostException when both or none are there, or they are on two file systems
   */
  public void rename(Path from, Path to) {
    boolean old = exists(from);
    boolean renamed = exists(to);
    if (!old && renamed) {
      flush(parent(to)); // whoever renamed it may have been killed before this
      return;
    }
    String doing = "rename " + from + " to " + to;
    if (!old || renamed) {
      String why = old ? "both are there" : "neither is there";
      throw problem(doing, why + "; look which one is right", HostException.Action.REPAIR_TARGET);
    }
    if (!sameFileSystem(from, parent(to))) {
      throw problem(doing, "they are on two file systems", HostException.Action.CORRECT_INPUT);
    }
    renamed(from, to);
  }

  /** The rename alone, for a dry run: it looks at nothing. */
  public void renamed(Path from, Path to) {
    String doing = "rename " + from + " to " + to;
    act(doing, "/bin/mv", "-T", "-n", "--", from.toString(), to.toString());
    flush(parent(to));
  }

  /**
   * Entries of one directory move into another one of the same file system, one after the other,
   * each at once or not at all; both are on disk afterwards.
   *
   * @param names may be none: then both are only written to disk
   * @throws HostException when one is in both, or they are on two file systems
   */
  public void move(Path from, Path into, List<String> names) {
    String doing = "move what is in " + from + " to " + into;
    if (!sameFileSystem(from, into)) {
      throw problem(doing, "they are on two file systems", HostException.Action.CORRECT_INPUT);
    }
    refuseInBoth(doing, list(into), list(from), names);
    if (!names.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("/bin/mv", "-n", "-t", into.toString(), "--"));
      names.forEach(name -> words.add(from.resolve(name).toString()));
      act(doing, words.toArray(String[]::new));
      refuseInBoth(doing, names, list(from), names);
    }
    flush(into);
    flush(from);
  }

  /** A file, or what is named in a directory but not what is in that, is on disk afterwards. */
  private void flush(Path path) {
    good(
        host.run(HostCommand.acts(FLUSH, List.of("/usr/bin/sync", path.toString()))),
        "write " + path + " to disk");
  }

  /** All of the file system of a path is on disk afterwards, which may take as long as a copy. */
  public void flushAll(Path path) {
    good(
        host.run(HostCommand.acts(LONG, List.of("/usr/bin/sync", "-f", path.toString()))),
        "write all below " + path + " to disk");
  }

  private void refuseInBoth(
      String doing, List<String> some, List<String> others, List<String> names) {
    List<String> both = new ArrayList<>(names);
    both.retainAll(some);
    both.retainAll(others);
    if (!both.isEmpty()) {
      String why = both.get(0) + " is in both; look which one is right";
      throw problem(doing, why, HostException.Action.REPAIR_TARGET);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no folder above it");
    }
    return parent;
  }

  /**
   * @param owner {@code user:group}
   */
  public void own(Path tree, String owner) {
    HostCommand own =
        HostCommand.acts(LONG, List.of("/bin/chown", "-R", "--", owner, tree.toString()));
    good(host.run(own), "give " + tree + " to " + owner);
  }

  public void mode(Path path, String mode) {
    act("set the mode of " + path, "/bin/chmod", mode, "--", path.toString());
  }

  /**
   * Deletes what Repli itself has made.
   *
   * @throws IllegalArgumentException for a name without {@code repli} in it
   */
  public void delete(Path tree) {
    if (!String.valueOf(tree.getFileName()).contains("repli")) {
      throw new IllegalArgumentException(tree + " was not made by Repli");
    }
    HostCommand delete =
        HostCommand.acts(
            LONG, List.of("/bin/rm", "-rf", "--one-file-system", "--", tree.toString()));
    good(host.run(delete), "delete " + tree);
  }

  /** Ends what runs under a mark, see {@link HostCommand}; returns when nothing does any more. */
  public void end(Path mark) {
    HostCommand end = HostCommand.acts(Duration.ofMinutes(1), Wrapping.endOf(mark));
    good(host.run(end), "end what runs under " + mark);
  }

  /** Whether something runs under a mark now. */
  public boolean busy(Path mark) {
    HostResult said = host.run(HostCommand.looks(SHORT, Wrapping.freeOf(mark)));
    return !good(said, "look whether something runs under " + mark).strip().equals("free");
  }

  private HostResult look(String... words) {
    return host.run(HostCommand.looks(SHORT, List.of(words)));
  }

  private void act(String doing, String... words) {
    good(host.run(HostCommand.acts(SHORT, List.of(words))), doing);
  }

  private String good(HostResult result, String doing) {
    if (!result.good()) {
      throw problem(doing, result.why(), HostException.Action.REPAIR_TARGET);
    }
    return result.output();
  }

  private HostException problem(String doing, String why, HostException.Action action) {
    return new HostException(host.label(), doing, why, action);
  }
}
