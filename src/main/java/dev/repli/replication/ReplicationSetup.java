package dev.repli.replication;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.journal.Journal;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.replication.Copies.Order;
import dev.repli.replication.Copies.State;
import dev.repli.replication.SetupServer.Content;
import dev.repli.replication.SetupServer.Login;
import dev.repli.replication.SetupServer.Replica;
import dev.repli.replication.StepResult.Done;
import dev.repli.replication.StepResult.Failed;
import dev.repli.replication.StepResult.GoesOn;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The steps of a set-up. Each looks first, acts only where needed, and returns at once or within
 * seconds; whatever takes longer goes on in the background and is looked at again.
 */
public final class ReplicationSetup {
  private static final Duration REACH = Duration.ofSeconds(2);
  private static final String DOWN =
      "looked at before; the target may be down, since its data directory is being replaced";
  private static final State NOT_BEGUN = new State.Working("not begun");

  /** Since 11.5 the history of a system-versioned table may reach 2106 instead of 2038. */
  private static final int LONG_TIMESTAMPS = 1105;

  private final SetupPorts acting;
  private final SetupPorts planned;
  private final SetupGuardrails guardrails;
  private final SetupJournal journal;

  ReplicationSetup(
      SetupPorts acting, SetupPorts planned, SetupGuardrails guardrails, Journal journal) {
    this.acting = acting;
    this.planned = planned;
    this.guardrails = guardrails;
    this.journal = new SetupJournal(journal);
  }

  /** The one place that chooses between acting and describing. */
  private SetupPorts ports(boolean dryRun) {
    return dryRun ? planned : acting;
  }

  /** Everything that can be known before anything is touched. Some seconds at most. */
  public Findings check(RunKey run, Plan plan) {
    Findings findings = findings(run, plan);
    journal.found(run, findings);
    return findings;
  }

  private Findings findings(RunKey run, Plan plan) {
    if (acting.copies().replaces(run)) {
      return new Findings(
          List.of(Finding.note("checks", plan.target().label(), DOWN)), CopyMethod.BACKUP);
    }
    boolean begun = acting.copies().look(run).isPresent();
    try (SetupServer source = connect(acting, run, plan, Node.Role.SOURCE);
        SetupServer target = connect(acting, run, plan, Node.Role.TARGET)) {
      BothSides sides = BothSides.look(plan, source, target, begun);
      sides.findings().addAll(guardrails.look(plan));
      ServerChecks.check(sides);
      DataChecks.check(sides);
      AccountChecks.check(sides);
      return new Findings(sides.findings(), MethodCheck.check(sides, acting.copies()));
    } catch (NodeException e) {
      return new Findings(
          List.of(
              Finding.bad(
                  "look at both sides", "the plan's nodes", e.getMessage() + ". Mend: " + mend(e))),
          CopyMethod.DUMP);
    }
  }

  private static String mend(NodeException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("ssl not enabled") || text.contains("does not support ssl")) {
      return "give this server a certificate (ssl_cert, ssl_key), or set tls: disabled for it in"
          + " the plan";
    }
    if (text.contains("certificate") || text.contains("pkix")) {
      return "let Repli trust its certificate, or set tls: trust for it in the plan";
    }
    return "let it answer, or correct its address, account or tls in the plan";
  }

  /** Makes the replication account where it is missing, and lets the target try it. */
  public StepResult prepareAccount(RunKey run, Plan plan, boolean dryRun) {
    if (acting.copies().replaces(run)) {
      return done(run, SetupStep.ACCOUNT, DOWN);
    }
    return step(
        SetupStep.ACCOUNT,
        () ->
            withBoth(
                ports(dryRun),
                run,
                plan,
                (source, target) -> {
                  Account account = plan.source().replication();
                  if (source.login(account) instanceof Login.Refused) {
                    source.createReplicationAccount(account);
                  }
                  if (target.replica().configured()) {
                    return done(run, SetupStep.ACCOUNT, "The target replicates already");
                  }
                  Optional<String> why = target.tryReplication(source.node(), source.binlogEnd());
                  return why.<StepResult>map(
                          text ->
                              new Failed(
                                  SetupStep.ACCOUNT,
                                  target.node().label() + " cannot replicate: " + text))
                      .orElseGet(
                          () ->
                              done(
                                  run,
                                  SetupStep.ACCOUNT,
                                  "The target can connect to the source as "
                                      + account.user()
                                      + tls(plan)));
                }));
  }

  private static String tls(Plan plan) {
    return plan.source().tls() == Node.Tls.DISABLED ? " without TLS" : " with TLS";
  }

  /** Sees to it that the copy goes on, and says how far it is. */
  public StepResult copy(RunKey run, Plan plan, CopyMethod method, boolean dryRun) {
    SetupPorts ports = ports(dryRun);
    return step(
        SetupStep.COPY,
        () -> {
          State state = ports.copies().advance(order(ports, run, plan, method));
          if (state instanceof State.Failed failed) {
            return new Failed(SetupStep.COPY, failed.progress() + ": " + failed.why());
          }
          return state instanceof State.Copied copied
              ? done(run, SetupStep.COPY, "Copied at position " + copied.start())
              : new GoesOn(state.progress());
        });
  }

  /** A physical copy needs to know nothing of the servers, and the target is down meanwhile. */
  private Order order(SetupPorts ports, RunKey run, Plan plan, CopyMethod method) {
    if (method == CopyMethod.BACKUP) {
      return new Order(run, plan, method, List.of(), false, false);
    }
    return withBoth(
        ports,
        run,
        plan,
        (source, target) -> {
          Content content = source.content(plan.copy().schemas());
          boolean history = !content.versioned().isEmpty();
          boolean convert =
              history
                  && source.look().release() < LONG_TIMESTAMPS
                  && target.look().release() >= LONG_TIMESTAMPS;
          return new Order(run, plan, method, content.schemas(), history, convert);
        });
  }

  /** Lets the target replicate from the position of the copy. */
  public StepResult start(RunKey run, Plan plan, boolean dryRun) {
    SetupPorts ports = ports(dryRun);
    return step(
        SetupStep.START,
        () -> {
          if (!(ports.copies().look(run).orElse(NOT_BEGUN) instanceof State.Copied copied)) {
            return new Failed(SetupStep.START, "the copy is not done; try again");
          }
          return withBoth(
              ports,
              run,
              plan,
              (source, target) -> {
                target.fence();
                target.follow(source.node(), copied.start());
                return done(run, SetupStep.START, "The target replicates from " + copied.start());
              });
        });
  }

  /** A heartbeat that arrives and a position that is reached; a lag of 0 seconds proves nothing. */
  public StepResult prove(RunKey run, Plan plan, boolean dryRun) {
    return step(
        SetupStep.PROOF,
        () ->
            withBoth(
                ports(dryRun),
                run,
                plan,
                (source, target) -> {
                  if (source.heartbeat(run.value()).isEmpty()) {
                    source.beat(run.value());
                  }
                  return dryRun
                      ? done(run, SetupStep.PROOF, "Dry run: nothing to prove")
                      : proof(run, plan, source, target);
                }));
  }

  private StepResult proof(RunKey run, Plan plan, SetupServer source, SetupServer target) {
    Replica replica = target.replica();
    if (!replica.follows()) {
      return new Failed(SetupStep.PROOF, "the replication of the target stopped: " + why(replica));
    }
    Position end = source.position();
    if (!(target.waitFor(end, REACH) instanceof CatchUp.Reached reached)) {
      return new GoesOn("the target catches up, behind by " + replica.lagSeconds() + " s");
    }
    Optional<String> beat = target.heartbeat(run.value());
    if (beat.isEmpty()) {
      return new Failed(
          SetupStep.PROOF,
          "position " + end + " is reached, but the heartbeat did not arrive: is it filtered?");
    }
    if (replica.sourceServerId() != source.look().serverId()) {
      return new Failed(
          SetupStep.PROOF, "the target replicates from server " + replica.sourceServerId());
    }
    acting.copies().clear(run, plan);
    return done(
        run,
        SetupStep.PROOF,
        "Position %s reached after %d ms, heartbeat of %s arrived"
            .formatted(end, reached.took().toMillis(), beat.get()));
  }

  private static String why(Replica replica) {
    return replica.error().isEmpty()
        ? "with an empty error, as on a JSON column of MySQL; see the error log of the server"
        : replica.error();
  }

  /** Ends what goes on and deletes the files of the copy. What is on the target stays, fenced. */
  public void clear(RunKey run, Plan plan, boolean dryRun) {
    SetupPorts ports = ports(dryRun);
    boolean copied = acting.copies().look(run).filter(State.Copied.class::isInstance).isPresent();
    if (ports.copies().replaces(run)) {
      journal.leftWithoutData(run, plan);
    }
    ports.copies().clear(run, plan);
    if (copied) {
      try (SetupServer target = connect(ports, run, plan, Node.Role.TARGET)) {
        target.forgetSource();
      }
    }
  }

  /** The set-up takes longer than the plan expects. */
  public void late(RunKey run) {
    journal.late(run);
  }

  private StepResult done(RunKey run, SetupStep step, String text) {
    journal.done(run, step, text);
    return new Done(text);
  }

  private static StepResult step(SetupStep step, Supplier<StepResult> work) {
    try {
      return work.get();
    } catch (NodeException e) {
      return new Failed(step, String.valueOf(e.getMessage()));
    }
  }

  private <T> T withBoth(
      SetupPorts ports, RunKey run, Plan plan, BiFunction<SetupServer, SetupServer, T> work) {
    try (SetupServer source = connect(ports, run, plan, Node.Role.SOURCE);
        SetupServer target = connect(ports, run, plan, Node.Role.TARGET)) {
      return work.apply(source, target);
    }
  }

  private SetupServer connect(SetupPorts ports, RunKey run, Plan plan, Node.Role role) {
    return ports.servers().connect(plan, role, journal.statements(run));
  }
}
