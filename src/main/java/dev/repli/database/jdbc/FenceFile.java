package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        Files.deleteIfExists(file.get());
      }
      return true;
    } catch (IOException e) {
      throw new NodeException(node, "writing " + file.get(), e, NodeException.Action.REPAIR_TARGET);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    // not *.cnf: a server that starts now must not read half of it
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
