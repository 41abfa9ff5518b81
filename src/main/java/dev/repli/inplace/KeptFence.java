package dev.repli.inplace;

import dev.repli.database.NodeSession;
import dev.repli.host.HostFiles;
import dev.repli.plan.HostAccess;

/** The option file that keeps the node fenced over a restart, on its own machine. */
record KeptFence(InPlaceNode at, HostFiles files) {
  private static final String FENCED =
      """
      # written by Repli: going back in place, nobody may write yet
      [mariadbd]
      read_only=ON
      event_scheduler=OFF
      """;

  /**
   * The server may include every file of the folder, so that an empty one says as little as none.
   */
  private static final String OPEN = "# written by Repli: not fenced\n";

  /**
   * Repeatable. Without a {@code fenceFile} in the plan there is none.
   *
   * @param session of the node, which writes the file where the machine is Repli's own
   */
  void keep(NodeSession session, boolean fenced) {
    if (at.machine().access() instanceof HostAccess.Local) {
      boolean unused = session.persistFence(fenced);
    } else {
      keepThere(fenced);
    }
  }

  /** The server's account has to read it. */
  void keepThere(boolean fenced) {
    at.node().fenceFile().ifPresent(file -> files.write(file, fenced ? FENCED : OPEN, "644"));
  }
}
