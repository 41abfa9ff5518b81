package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** The option file that keeps a node fenced over a restart: there with its one line, or absent. */
public final class FenceFile {
  private final Node node;

  public FenceFile(Node node) {
    this.node = node;
  }

  /**
   * @param text of the option file
   * @return false when the plan gives no file
   */
  public boolean write(boolean fenced, String text) {
    Optional<Path> file = node.fenceFile();
    if (file.isEmpty()) {
      return false;
    }
    try {
      if (fenced) {
        replace(file.get(), text);
      } else {
        Files.deleteIfExists(draftOf(file.get()));
        if (Files.deleteIfExists(file.get())) {
          forceDirectoryOf(file.get());
        }
      }
      return true;
    } catch (IOException e) {
      throw failure("writing " + file.get(), e);
    }
  }

  /** Puts the text beside the file, on disk, for a {@link #write} that must not take long. */
  public void draft(String text) {
    node.fenceFile()
        .ifPresent(
            file -> {
              try {
                force(draftOf(file), text);
              } catch (IOException e) {
                throw failure("drafting " + file, e);
              }
            });
  }

  private static void replace(Path file, String text) throws IOException {
    Path draft = draftOf(file);
    if (!Files.exists(draft) || !Files.readString(draft).equals(text)) {
      force(draft, text);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectoryOf(file);
  }

  /** Until then a power cut may take the new name back. */
  private static void forceDirectoryOf(Path file) throws IOException {
    Path directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's directory");
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void force(Path draft, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Not *.cnf: a server that starts now must not read it. */
  private static Path draftOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".draft");
  }

  private NodeException failure(String doing, IOException e) {
    return new NodeException(node, doing, e, NodeException.Action.REPAIR_TARGET);
  }
}
