package dev.repli.writerswitch;

import dev.repli.database.ActLog;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteSession;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks for real; what would have been done is written down, in order and word for word. */
record DryRunSwitchPorts(RealSwitchPorts real) implements SwitchPorts {
  static final String NOT_SENT = "dry run: not sent";

  @Override
  public NodeSession connect(Node node, Duration lease, Consumer<Evidence> evidence) {
    return real.databases()
        .dryRun(
            act ->
                evidence.accept(
                    new StatementRun(act.node(), act.statement(), Duration.ZERO, NOT_SENT)))
        .connect(node, lease, ActLog.NONE);
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, Consumer<Evidence> evidence) {
    return real.routes()
        .dryRun(
            act ->
                evidence.accept(
                    new CommandRun(act.route(), act.command(), Duration.ZERO, NOT_SENT)))
        .connect(spec, plan, dev.repli.route.ActLog.NONE);
  }

  @Override
  public Carriage carry(SwitchRequest request, Consumer<Evidence> evidence) {
    String to = request.newWriter().label();
    return new PlannedCarriage(
        position ->
            evidence.accept(
                new CommandRun(
                    to, "import every change up to " + position, Duration.ZERO, NOT_SENT)));
  }

  @Override
  public StandingStream stream(Consumer<Evidence> evidence) {
    return new PlannedStream(
        (node, words) -> evidence.accept(new CommandRun(node, words, Duration.ZERO, NOT_SENT)));
  }

  @Override
  public ProbeConnection openProbe(SwitchRequest request, Endpoint at, Node like) {
    throw new IllegalStateException("a dry run writes nothing, not even a probe row");
  }

  @Override
  public Journal.Session journal(RunKey run, Consumer<Evidence> evidence) {
    return new DryRunJournalSession(run, evidence);
  }

  @Override
  public void keep(RunKey run, List<Evidence> evidence) {
    real.keep(run, evidence);
  }

  @Override
  public Optional<SwitchAttempt> rehearsal(SwitchAttempt attempt) {
    return Optional.empty();
  }

  @Override
  public boolean writes() {
    return false;
  }
}
