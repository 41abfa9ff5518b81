package dev.repli.route.appconfig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A file that is replaced as a whole or not at all, also when the machine dies meanwhile. Owner,
 * group and permissions are kept (access lists and labels beyond them are not). When the given path
 * is a symbolic link, the file behind it is edited and the link stays.
 */
final class ConfigFile {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private static final FileAttribute<?> ONLY_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final long LARGEST = 10_000_000;

  private final Path file;

  private ConfigFile(Path file) {
    this.file = file;
  }

  /** Follows links, so that later acts are on the file that applications read. */
  static ConfigFile find(Path path) throws IOException {
    Path real = path.toRealPath();
    if (!Files.isRegularFile(real) || Files.size(real) > LARGEST) {
      throw new IOException(real + " is not a file of at most " + LARGEST + " bytes");
    }
    return new ConfigFile(real);
  }

  Path path() {
    return file;
  }

  /** Every byte is one character, so that nothing is lost whatever the encoding is. */
  ConfigText read() throws IOException {
    return new ConfigText(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Replaces the content and keeps the old file beside it; returns where that is. */
  Path replace(ConfigText text, Instant now) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " has no folder");
    }
    // always the same name, so that what a crash leaves behind is cleared by the next attempt
    Path next = folder.resolve("." + file.getFileName() + ".repli-new");
    Files.deleteIfExists(next);
    Files.createFile(next, ONLY_OWNER);
    try {
      write(next, text);
      copyOwnerAndPermissions(next);
      Path kept = keepOld(folder, now);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder, StandardOpenOption.READ);
      return kept;
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static void write(Path next, ConfigText text) throws IOException {
    Files.writeString(next, text.text(), StandardCharsets.ISO_8859_1);
    force(next, StandardOpenOption.WRITE);
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private void copyOwnerAndPermissions(Path next) throws IOException {
    PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributeView view =
        Files.getFileAttributeView(next, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(old.owner())) {
      view.setOwner(old.owner());
    }
    if (!now.group().equals(old.group())) {
      view.setGroup(old.group());
    }
    view.setPermissions(old.permissions());
  }

  /** A second name of the old file: its bytes, owner and permissions cannot differ. */
  private Path keepOld(Path folder, Instant now) throws IOException {
    String name = file.getFileName() + ".repli-" + STAMP.format(now);
    for (int i = 1; ; i++) {
      Path kept = folder.resolve(i == 1 ? name : name + "-" + i);
      try {
        return Files.createLink(kept, file);
      } catch (FileAlreadyExistsException e) {
        if (i == 1000) {
          throw e;
        }
      }
    }
  }
}
