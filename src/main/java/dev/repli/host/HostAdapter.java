package dev.repli.host;

import dev.repli.plan.HostAccess;

/** One way to reach hosts. */
public interface HostAdapter {
  /** The kind of access it knows. */
  Class<? extends HostAccess> serves();

  /**
   * Opens a session.
   *
   * @throws HostException when the host cannot be reached, shows another key than the plan's, or
   *     refuses the login
   */
  Host connect(HostAccess access);
}
