package dev.repli.monitor;

import dev.repli.database.NodeSession;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.LagMarks;
import dev.repli.delta.stream.StreamReport;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.monitor.PairState.Failing;
import dev.repli.monitor.PairState.Kind;
import dev.repli.monitor.PairState.Replicating;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How Repli's own stream to the source stands, where one is wanted in place of replication. */
final class StreamLook {
  private final Function<PlanId, Optional<KnownStream>> streams;
  private LagMarks marks = new LagMarks();

  StreamLook(Function<PlanId, Optional<KnownStream>> streams) {
    this.streams = streams;
  }

  /** Empty where none is wanted. */
  Optional<PairState> look(PlanId plan, NodeSession target, Instant now) {
    Optional<PairState> seen =
        streams.apply(plan).filter(KnownStream::wanted).map(stream -> judge(stream, target, now));
    if (seen.filter(Replicating.class::isInstance).isEmpty()) {
      marks = new LagMarks();
    }
    return seen;
  }

  private PairState judge(KnownStream stream, NodeSession target, Instant now) {
    StreamReport report = stream.report();
    if (report.state() == State.BLOCKED || report.state() == State.FAILED) {
      String stands = report.state() == State.BLOCKED ? "stands" : "fails";
      return new Failing(
          Kind.STOPPED, "Repli's own stream to the source %s: %s".formatted(stands, report.why()));
    }
    if (stream.owner().isEmpty() || !now.isBefore(stream.until())) {
      return new Failing(Kind.STOPPED, "no Repli runs the stream to the source");
    }
    return new Replicating(
        Node.Role.SOURCE, marks.lag(target.position(), report.reached(), now), true);
  }
}
