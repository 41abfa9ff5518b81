package dev.repli.lab;

import java.io.IOException;
import java.sql.SQLException;

/** The route commands of {@link BareSwitch}. */
interface BareRoute {
  /** A server, and its name in the route. */
  record Side(MariaDbServer server, String name) {}

  /** Keeps new work for the old writer waiting, where the route can. */
  void hold(Side old) throws SQLException, InterruptedException;

  /** Sends all work to the new writer. */
  void release(Side old, Side next) throws SQLException, IOException;
}
