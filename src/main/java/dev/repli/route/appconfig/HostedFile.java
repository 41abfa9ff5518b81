package dev.repli.route.appconfig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostFiles;
import dev.repli.host.HostResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * A file of a host that is replaced as a whole or not at all, also when the machine dies meanwhile.
 * Owner, group, permissions and what else {@code cp} can preserve are kept.
 */
final class HostedFile {
  static final String REALPATH = "/usr/bin/realpath";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  /** It runs while clients wait: a machine that needs longer is reported. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  private static final int LARGEST = 1 << 20;

  private final Host host;
  private final Path file;
  private final Path folder;

  private HostedFile(Host host, Path file, Path folder) {
    this.host = host;
    this.file = file;
    this.folder = folder;
  }

  /** Follows links, so that the file that applications read is edited and the link stays. */
  static HostedFile find(Host host, Path path) {
    HostResult real =
        host.run(HostCommand.looks(SHORT, List.of(REALPATH, "-e", "--", path.toString())));
    if (!real.good()) {
      throw problem(host, "find " + path, real.why());
    }
    Path file = Path.of(real.output().strip());
    Path folder = file.getParent();
    Optional<HostFiles.Entry> found = new HostFiles(host).look(file);
    if (folder == null || found.isEmpty() || found.get().directory()) {
      throw problem(host, "find " + path, "it is not a file");
    }
    return new HostedFile(host, file, folder);
  }

  Path path() {
    return file;
  }

  /** Every byte is one character, so that nothing is lost whatever the encoding is. */
  String read() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HostResult read =
        host.run(
            HostCommand.looks(
                SHORT, List.of("/usr/bin/head", "-c", "" + (LARGEST + 1), "--", file.toString())),
            Host.Streams.to(bytes),
            new Cancellation());
    if (!read.good()) {
      throw problem(host, "read " + file, read.why());
    }
    if (bytes.size() > LARGEST) {
      throw problem(host, "read " + file, "it is longer than " + LARGEST + " bytes");
    }
    return bytes.toString(ISO_8859_1);
  }

  /**
   * Replaces the content and keeps the old file beside it; returns where that is.
   *
   * @param before what was read; when the file says something else by now, nothing is done
   */
  Path replace(String before, String after, Optional<String> owner, Instant now) {
    // always the same name, so that what a crash leaves behind is overwritten by the next attempt
    Path next = folder.resolve("." + file.getFileName() + ".repli-new");
    try {
      // a copy first: nobody may read the new content who may not read the old
      act(
          "copy " + file,
          "/bin/cp",
          "-T",
          "--preserve=all",
          "--remove-destination",
          file.toString(),
          next.toString());
      write(next, after);
      own(next, owner);
      act("write " + next + " to disk", "/usr/bin/sync", next.toString());
      if (!read().equals(before)) {
        throw problem(
            host, "edit " + file, "somebody else changed it meanwhile: look, and try again");
      }
      Path kept = keepOld(now);
      act(
          "put " + file + " in place",
          "/bin/mv",
          "-f",
          "-T",
          "--",
          next.toString(),
          file.toString());
      act("write " + folder + " to disk", "/usr/bin/sync", folder.toString());
      return kept;
    } catch (HostException e) {
      removeDraft(next, e);
      throw e;
    }
  }

  private void removeDraft(Path next, HostException cause) {
    try {
      new HostFiles(host).delete(next);
    } catch (HostException e) {
      cause.addSuppressed(e);
    }
  }

  private void write(Path next, String text) {
    HostCommand tee = HostCommand.acts(SHORT, List.of("/usr/bin/tee", "--", next.toString()));
    Host.Streams streams =
        new Host.Streams(
            new ByteArrayInputStream(text.getBytes(ISO_8859_1)),
            Optional.of(new ByteArrayOutputStream()));
    HostResult written = host.run(tee, streams, new Cancellation());
    if (!written.good()) {
      throw problem(host, "write " + next, written.why());
    }
  }

  /** Who is not root can give nothing away, and {@code cp} does not say so. */
  private void own(Path next, Optional<String> wanted) {
    HostFiles files = new HostFiles(host);
    HostFiles.Entry old = there(files, file);
    String owner = wanted.orElse(old.owner());
    if (!there(files, next).owner().equals(owner)) {
      act("give " + next + " to " + owner, "/bin/chown", "--", owner, next.toString());
      // giving it away may take bits of the mode with it
      act("set the mode of " + next, "/bin/chmod", old.mode(), "--", next.toString());
    }
  }

  private HostFiles.Entry there(HostFiles files, Path path) {
    return files.look(path).orElseThrow(() -> problem(host, "look at " + path, "it is gone"));
  }

  /** A second name of the old file: its bytes, owner and permissions cannot differ. */
  private Path keepOld(Instant now) {
    String name = file.getFileName() + ".repli-" + STAMP.format(now);
    HostFiles files = new HostFiles(host);
    Path kept = folder.resolve(name);
    for (int i = 2; files.exists(kept); i++) {
      kept = folder.resolve(name + "-" + i);
    }
    act("keep " + file, "/bin/cp", "-T", "--link", "--", file.toString(), kept.toString());
    return kept;
  }

  private void act(String doing, String... words) {
    HostResult result = host.run(HostCommand.acts(SHORT, List.of(words)));
    if (!result.good()) {
      throw problem(host, doing, result.why());
    }
  }

  static HostException problem(Host host, String doing, String why) {
    return new HostException(host.label(), doing, why, HostException.Action.REPAIR_TARGET);
  }
}
