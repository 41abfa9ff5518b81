package dev.repli.writerswitch;

import dev.repli.database.Databases;
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
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Acts. */
record RealSwitchPorts(
    Databases databases, Routes routes, Journal journal, Carrier carrier, StandingStream standing)
    implements SwitchPorts {

  RealSwitchPorts(Databases databases, Routes routes, Journal journal) {
    this(databases, routes, journal, Carrier.NONE, StandingStream.NONE);
  }

  @Override
  public NodeSession connect(Node node, Duration lease, Consumer<Evidence> evidence) {
    return databases.connect(
        node,
        lease,
        (label, sql, took, outcome) ->
            evidence.accept(new StatementRun(label, sql, took, outcome)));
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, Consumer<Evidence> evidence) {
    return routes.connect(
        spec,
        plan,
        (name, command, took, outcome) ->
            evidence.accept(new CommandRun(name, command, took, outcome)));
  }

  @Override
  public Carriage carry(SwitchRequest request, Consumer<Evidence> evidence) {
    return request.streamed()
        ? standing.carry(request, evidence)
        : carrier.begin(request, evidence);
  }

  @Override
  public StandingStream stream(Consumer<Evidence> evidence) {
    return standing;
  }

  @Override
  public ProbeConnection openProbe(SwitchRequest request, Endpoint at, Node like) {
    Plan plan = request.plan();
    return databases.openProbe(at, like, plan.node(like.role().other()), plan.probe().account());
  }

  @Override
  public Journal.Session journal(RunKey run, Consumer<Evidence> evidence) {
    return journal.open(run);
  }

  @Override
  public void keep(RunKey run, List<Evidence> evidence) {
    journal.appendAll(run, evidence);
  }

  @Override
  public Optional<SwitchAttempt> rehearsal(SwitchAttempt attempt) {
    SwitchAttempt pretended = new SwitchAttempt(attempt.request, new DryRunSwitchPorts(this));
    String lock = attempt.request.plan().lockName();
    pretended.oldWriter = databases.dryRun(attempt.oldWriter(), act -> {});
    pretended.newWriter = databases.dryRun(attempt.newWriter(), act -> {});
    pretended.carriage = attempt.carriage;
    pretended.oldWriter.takeCommand(lock, "rehearsal");
    pretended.newWriter.takeCommand(lock, "rehearsal");
    attempt.routes.forEach(route -> pretended.routes.add(routes.dryRun(route, act -> {})));
    return Optional.of(pretended);
  }

  @Override
  public boolean writes() {
    return true;
  }
}
