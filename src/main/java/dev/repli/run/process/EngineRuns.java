package dev.repli.run.process;

import dev.repli.engine.AsRepli;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs as process instances; the register decides what is started, the journal what is aborted. */
final class EngineRuns implements Runs {
  private static final int TRIES = 5;

  /** Runbooks that leave their plan to others, but of which a plan has one at a time. */
  private static final Set<String> ONE_OF_A_PLAN =
      Set.of("IncidentTriageProcess", "BackupRehearsalProcess");

  /** More runs of one plan than this since such a run began: it is not looked for any more. */
  private static final int RECENT = 20;

  private final Plans plans;
  private final RunRegister register;
  private final RuntimeService runtime;
  private final InstanceState state;
  private final AsRepli asRepli;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final AbortRun aborts;

  /** Requests that wait for another start hold no database connection meanwhile. */
  private final ReentrantLock oneStartAtATime = new ReentrantLock();

  EngineRuns(
      Plans plans,
      RunRegister register,
      RuntimeService runtime,
      InstanceState state,
      AsRepli asRepli,
      Journal journal,
      TransactionTemplate transaction,
      Clock clock) {
    this.plans = plans;
    this.register = register;
    this.runtime = runtime;
    this.state = state;
    this.asRepli = asRepli;
    this.journal = journal;
    this.transaction = transaction;
    this.clock = clock;
    this.aborts = new AbortRun(new AbortRule(journal), runtime, state);
  }

  @Override
  public Start start(Request request) {
    Plan plan =
        plans
            .find(request.plan())
            .orElseThrow(() -> new IllegalArgumentException("no plan is called " + request.plan()));
    return asRepli.call(() -> describe(request, decide(request, plan)));
  }

  /** What the register decided: the run that counts, and whether this request started it. */
  private record Decision(RunKey key, boolean started) {}

  private Start describe(Request request, Decision decision) {
    Run run = known(decision.key());
    if (decision.started()) {
      return new Start.Started(run);
    }
    return decision.key().equals(request.key())
        ? new Start.AlreadyKnown(run)
        : new Start.PlanBusy(run);
  }

  private Decision decide(Request request, Plan plan) {
    if (register.find(request.key()).isPresent()) {
      return new Decision(request.key(), false);
    }
    oneStartAtATime.lock();
    try {
      return startOrFind(request, plan);
    } finally {
      oneStartAtATime.unlock();
    }
  }

  /** Another node may win the key or the plan at any moment; then look again. */
  private Decision startOrFind(Request request, Plan plan) {
    for (int attempt = 1; ; attempt++) {
      if (register.find(request.key()).isPresent()) {
        return new Decision(request.key(), false);
      }
      try {
        return startInTransaction(request, plan)
            .map(busyWith -> new Decision(busyWith, false))
            .orElseGet(() -> new Decision(request.key(), true));
      } catch (DuplicateKeyException | ConcurrencyFailureException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Starts it, or names the run that the plan is busy with and changes nothing. */
  private Optional<RunKey> startInTransaction(Request request, Plan plan) {
    return transaction.execute(
        status -> {
          register.insert(request, clock.instant());
          Optional<RunKey> other =
              request.dryRun() || BESIDE.contains(request.runbook())
                  ? Optional.empty()
                  : occupyPlan(request);
          if (other.isPresent()) {
            status.setRollbackOnly();
          } else {
            startInstance(request, plan);
          }
          return other;
        });
  }

  /** The active run that has the plan already, if any; otherwise the plan is taken. */
  private Optional<RunKey> occupyPlan(Request request) {
    Optional<RunKey> holder = register.claimant(request.plan());
    if (holder.isEmpty()) {
      register.claim(request.plan(), request.key());
    } else if (register.find(holder.get()).filter(this::holdsPlan).isPresent()) {
      return holder;
    } else if (!register.takeOver(request.plan(), holder.get(), request.key())) {
      throw new ConcurrencyFailureException("plan " + request.plan() + " was just taken");
    }
    return ONE_OF_A_PLAN.contains(request.runbook()) ? another(request) : Optional.empty();
  }

  /** An active run of the same runbook. The plan is taken, so no other node can start one now. */
  private Optional<RunKey> another(Request request) {
    return register.newest(request.plan(), RECENT).stream()
        .filter(row -> !row.key().equals(request.key()) && !row.dryRun())
        .filter(row -> row.runbook().equals(request.runbook()))
        .filter(row -> state.isActive(instanceOf(row)))
        .map(RunRegister.Row::key)
        .findFirst();
  }

  private void startInstance(Request request, Plan plan) {
    Map<String, String> facts = new HashMap<>(request.facts());
    facts.put("plan", request.plan().value());
    facts.put("planVersion", plan.contentHash());
    facts.put("runbook", request.runbook());
    facts.put("requestedBy", request.requestedBy());
    facts.put("dryRun", Boolean.toString(request.dryRun()));
    String what = (request.dryRun() ? "Dry run" : "Run") + " of " + request.runbook();
    journal.append(
        request.key(),
        new Milestone(
            "RUN_REQUESTED",
            what + " for plan " + request.plan() + " requested by " + request.requestedBy(),
            facts));
    String instance =
        runtime
            .startProcessInstanceByKey(
                request.runbook(),
                request.key().value(),
                StartVariables.of(request, plan.contentHash()))
            .getId();
    register.started(request.key(), instance);
  }

  @Override
  public Optional<Run> find(RunKey key) {
    return asRepli.call(() -> register.find(key).map(this::run));
  }

  @Override
  public List<Run> newest(int limit) {
    return asRepli.call(() -> register.newest(limit).stream().map(this::run).toList());
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return asRepli.call(() -> register.newest(plan, limit).stream().map(this::run).toList());
  }

  @Override
  public List<Run> newestReal(PlanId plan, String runbook, int limit) {
    return asRepli.call(
        () -> register.newestReal(plan, runbook, limit).stream().map(this::run).toList());
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return asRepli.call(
        () ->
            register
                .find(key)
                .map(row -> aborts.abort(run(row), by, reason))
                .orElseGet(Abort.Unknown::new));
  }

  private boolean holdsPlan(RunRegister.Row row) {
    return state.holdsPlan(instanceOf(row));
  }

  private Run known(RunKey key) {
    return register
        .find(key)
        .map(this::run)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "run " + key + " vanished from the register; was its table changed by hand?"));
  }

  private Run run(RunRegister.Row row) {
    String instance = instanceOf(row);
    boolean active = state.isActive(instance);
    return new Run(
        row.key(),
        row.runbook(),
        row.plan(),
        row.requestedBy(),
        row.dryRun(),
        instance,
        row.startedAt(),
        active ? Optional.empty() : endedAt(row.key(), instance),
        active ? Optional.empty() : Optional.of(result(instance)),
        state.isLate(instance),
        active ? state.waitingFor(instance) : List.of());
  }

  /** Once the engine has forgotten the instance, the last evidence is the best that is known. */
  private Optional<Instant> endedAt(RunKey key, String instance) {
    return state
        .endedAt(instance)
        .or(() -> journal.read(key).stream().map(JournalEntry::at).reduce((a, b) -> b));
  }

  private String result(String instance) {
    return state.result(instance).orElse("Ended; the engine's history of it was cleaned up");
  }

  private static String instanceOf(RunRegister.Row row) {
    @Nullable String instance = row.processInstanceId();
    if (instance == null) {
      throw new IllegalStateException("run " + row.key() + " was registered but never started");
    }
    return instance;
  }
}
