package dev.repli.rollback;

import dev.repli.database.Databases;
import dev.repli.route.Routes;
import java.util.List;

/** For what looks at no server. */
public final class NoLooks {
  private NoLooks() {}

  public static Looks make() {
    return new Looks(new Databases(List.of()), new Routes(List.of()));
  }
}
