package dev.repli.writerswitch;

import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.journal.Evidence;
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

/**
 * Everything a switch touches. The dry run is another implementation, chosen in {@link
 * SwitchPortsSelection}.
 */
interface SwitchPorts {
  NodeSession connect(Node node, Duration lease, Consumer<Evidence> evidence);

  RouteSession connect(RouteSpec spec, Plan plan, Consumer<Evidence> evidence);

  /** Begins to carry the old writer's changes to the new one; see there. */
  Carriage carry(SwitchRequest request, Consumer<Evidence> evidence);

  /** The plan's own stream back; see there. */
  StandingStream stream(Consumer<Evidence> evidence);

  /** With the plan's probe account. */
  ProbeConnection openProbe(SwitchRequest request, Endpoint at, Node like);

  Journal.Session journal(RunKey run, Consumer<Evidence> evidence);

  /** Writes evidence that was kept back during the critical section. */
  void keep(RunKey run, List<Evidence> evidence);

  /**
   * The same try on the same connections, with every act and every milestone left out; not to be
   * closed. Empty where nothing is acted on anyway.
   */
  Optional<SwitchAttempt> rehearsal(SwitchAttempt attempt);

  /** False where nothing is written through the routes, so that there is nothing to prove. */
  boolean writes();
}
