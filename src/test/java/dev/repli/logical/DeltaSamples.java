package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.Place;
import dev.repli.host.Cancellation;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import dev.repli.run.RunKey;
import java.util.Optional;
import java.util.Set;

/** A run, its plan and its first file. */
final class DeltaSamples {
  static final RunKey RUN = new RunKey("INC-1");
  static final Plan PLAN =
      RoutePlans.plan(
          new Endpoint("db1", 3306),
          new Endpoint("db2", 3306),
          new RouteSpec.Lab("app", Optional.empty()));

  private DeltaSamples() {}

  static Place place(String gtid) {
    return new Place(new Position(Position.Kind.MARIADB_GTID, gtid), "", 0);
  }

  static DeltaOrigin first(Place from, boolean complete) {
    return new DeltaOrigin(
        RUN + "/000001.delta",
        PLAN.id().value(),
        "target",
        2,
        "",
        "11.8",
        from,
        Set.of(),
        complete);
  }

  /** Work that nobody looks at and nobody ends. */
  static class Unwatched implements WorkWatch {
    @Override
    public Cancellation cancellation() {
      return new Cancellation();
    }

    @Override
    public void progress(long done, long of, String unit) {}

    @Override
    public void mine() {}
  }
}
