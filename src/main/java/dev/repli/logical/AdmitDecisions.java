package dev.repli.logical;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeException;
import dev.repli.database.NodeException.Action;
import dev.repli.database.NodeSession;
import dev.repli.delta.conflict.Admission;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictCases;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * No decision goes into a node that replicates from the writer.
 *
 * <p>A MySQL whose option file fences it comes back from a restart with super_read_only, and takes
 * no decision. Turned off only on the source of the plan that the changes belong to, while the
 * target is the writer and the run of those who decide goes on; read_only stays on.
 */
final class AdmitDecisions implements Admission {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private final Databases databases;
  private final ConflictCases cases;
  private final Plans plans;
  private final Supplier<Runs> runs;
  private final Journal journal;

  AdmitDecisions(
      Databases databases, ConflictCases cases, Plans plans, Supplier<Runs> runs, Journal journal) {
    this.databases = databases;
    this.cases = cases;
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
  }

  @Override
  public void to(ConflictCase about) {
    try (NodeSession source = databases.connect(about.into(), LIMIT, ActLog.NONE)) {
      if (source.isFenced()) {
        refuseReplica(source);
      }
      if (AdmitImports.needed(source)) {
        against(about).ifPresent(why -> refuse(about.into(), why));
        open(about.run(), source);
      }
    }
  }

  /** After another cutover: a row written there would be on no other node, the writer neither. */
  private static void refuseReplica(NodeSession source) {
    NodeSession.Replication replication = source.replication();
    if (replication.receiving() || replication.applying()) {
      throw new NodeException(
          source.node(),
          "letting a decision in",
          "it takes no application writes and replicates from "
              + replication.from().map(Endpoint::toString).orElse("another node")
              + ", so that a row written here would be nowhere else. Nothing was decided. Decide"
              + " when this node is the writer again, or bring the row to the writer by hand and"
              + " keep the change as a dead letter then",
          Action.REPAIR_TARGET);
    }
  }

  /** Written down before, so that whoever ends a rollback knows of it. */
  private void open(RunKey run, NodeSession source) {
    String where = source.node().label();
    journal.append(
        run,
        new Milestone(
            StreamLeftBehind.ADMITTED,
            "super_read_only is turned off on "
                + where
                + " for what people decide about held changes, read_only stays on",
            Map.of("node", where)));
    source.admitImports();
  }

  private static void refuse(Node into, String why) {
    throw new NodeException(
        into,
        "letting a decision in",
        "super_read_only is on and stays on, because "
            + why
            + ". Nothing was decided. Mend that; or, when you are sure that this node only takes"
            + " imports now, run SET GLOBAL super_read_only = OFF there (read_only stays ON) and"
            + " decide again",
        Action.REPAIR_TARGET);
  }

  private Optional<String> against(ConflictCase about) {
    RunKey run = about.run();
    if (runs.get().find(run).filter(known -> known.endedAt().isEmpty()).isEmpty()) {
      return Optional.of("run " + run + " is over");
    }
    Optional<Plan> plan = cases.of(run).flatMap(known -> plans.find(known.plan()));
    if (plan.filter(is -> is.source().address().equals(about.into().address())).isEmpty()) {
      return Optional.of("it is not the source of the run's plan any more");
    }
    return notWriter(plan.get().target());
  }

  /** Inside a switch nobody is: then a fence must not be touched. */
  private Optional<String> notWriter(Node target) {
    try (NodeSession session = databases.connect(target, LIMIT, ActLog.NONE)) {
      return session.isFenced()
          ? Optional.of(target.label() + " is not the writer now")
          : Optional.empty();
    } catch (NodeException e) {
      return Optional.of("nobody can say whether the target is the writer: " + e.getMessage());
    }
  }
}
