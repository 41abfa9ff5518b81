package dev.repli.database.jdbc;

import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import java.util.List;

/** Looks that differ too much to be told by words. See the port for what each answers. */
public interface ServerLooks {
  Facts look();

  List<FenceRisk> fenceRisks();

  List<String> missingPrivileges();
}
