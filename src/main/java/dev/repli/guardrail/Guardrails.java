package dev.repli.guardrail;

import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Asks the guardrails. Reads both nodes and all routes, changes nothing, never throws for what it
 * finds there: a check that cannot be made is red.
 */
public final class Guardrails implements AutoCloseable {
  private final List<Guardrail> guardrails;
  private final Lookout lookout;
  private final GuardrailJournal journal;
  private final ExecutorService executor;
  private final Clock clock;

  /**
   * @throws IllegalStateException when two guardrails have one name
   */
  Guardrails(
      List<Guardrail> guardrails,
      Lookout lookout,
      Journal journal,
      ExecutorService executor,
      Clock clock) {
    this.guardrails = List.copyOf(guardrails);
    this.lookout = lookout;
    this.journal = new GuardrailJournal(journal);
    this.executor = executor;
    this.clock = clock;
    refuseTwoOfOneName(guardrails);
  }

  private static void refuseTwoOfOneName(List<Guardrail> guardrails) {
    Set<String> names = new HashSet<>();
    for (Guardrail guardrail : guardrails) {
      if (!names.add(guardrail.about().name())) {
        throw new IllegalStateException("two guardrails are named " + guardrail.about().name());
      }
    }
  }

  /**
   * Checks a change of the writer, from this node to the other one of the plan.
   *
   * @param writer the node that accepts writes now; before a cutover the source, while the rollback
   *     window is open the target
   */
  public GuardrailReport check(Plan plan, Node.Role writer, Moment moment) {
    long begin = System.nanoTime();
    Situation situation = lookout.look(plan, writer, moment);
    List<CompletableFuture<GuardrailResult>> running = new ArrayList<>();
    for (Guardrail guardrail : guardrails) {
      if (moment == Moment.BEFORE || guardrail.about().watched()) {
        running.add(CompletableFuture.supplyAsync(() -> ask(guardrail, situation), executor));
      }
    }
    List<GuardrailResult> results = running.stream().map(CompletableFuture::join).toList();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new GuardrailReport(plan.id(), writer, moment, clock.instant(), took, results);
  }

  /**
   * Those that have a meaning before the next writer replicates; nothing is asked of replication.
   *
   * @param names of guardrails
   * @throws IllegalArgumentException when there is none of a name
   */
  public GuardrailReport checkBeforeReplication(Plan plan, Set<String> names) {
    long begin = System.nanoTime();
    List<Guardrail> wanted =
        guardrails.stream().filter(g -> names.contains(g.about().name())).toList();
    if (wanted.size() != names.size()) {
      throw new IllegalArgumentException("there is not a guardrail for each of " + names);
    }
    Situation situation = lookout.lookBeforeReplication(plan);
    List<GuardrailResult> results = wanted.stream().map(g -> ask(g, situation)).toList();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new GuardrailReport(
        plan.id(), Node.Role.SOURCE, Moment.BEFORE, clock.instant(), took, results);
  }

  /** The same, written with its evidence into the journal of a run. */
  public GuardrailReport check(RunKey run, Plan plan, Node.Role writer, Moment moment) {
    GuardrailReport report = check(plan, writer, moment);
    journal.write(run, report);
    return report;
  }

  /** All guardrails there are, in the order of their groups and names. */
  public List<About> all() {
    return guardrails.stream()
        .map(Guardrail::about)
        .sorted(java.util.Comparator.comparing(About::group).thenComparing(About::name))
        .toList();
  }

  private static GuardrailResult ask(Guardrail guardrail, Situation situation) {
    try {
      return GuardrailResult.of(guardrail.about(), guardrail.check(situation))
          .acceptedBy(situation.plan(), situation.at());
    } catch (RuntimeException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return GuardrailResult.notChecked(guardrail.about(), why);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
