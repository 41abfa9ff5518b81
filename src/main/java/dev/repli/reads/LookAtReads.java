package dev.repli.reads;

import dev.repli.plan.Plan;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One look while a share is held: how do reads do, and what follows. */
public final class LookAtReads {
  private final ReaderNodes nodes;
  private final ReadProbe probe;
  private final ReadsJournal journal;
  private final ReadsGauges gauges;
  private final Clock clock;

  LookAtReads(
      ReaderNodes nodes, ReadProbe probe, ReadsJournal journal, ReadsGauges gauges, Clock clock) {
    this.nodes = nodes;
    this.probe = probe;
    this.journal = journal;
    this.gauges = gauges;
    this.clock = clock;
  }

  /** What follows from a look. */
  public enum State {
    /** Nothing bad, and the hold goes on. */
    HOLDING,
    /** Good to the end of the hold: the next share. */
    NEXT,
    /** Good to the end of the last hold. */
    DONE,
    /** Bad: reads go back. */
    BACK,
    /** Nobody can tell, or it went back too often: people decide. */
    ASK
  }

  /**
   * What was seen.
   *
   * @param next share that the target gets next, when it changes
   */
  public record Look(State state, int next, int setbacks, Findings findings) {}

  /** What the probe saw and the nodes said, and whether that is as much as the plan wants. */
  record Evidence(Findings findings, boolean full) {}

  public Look look(RunKey run, Plan plan, ReadsProgress at) {
    Evidence seen = gather(run, plan, at);
    Look look = conclude(plan.reads(), at, seen);
    journal.found(run, ReadsStep.MOVE, seen.findings(), conclusion(at, look));
    return look;
  }

  Evidence gather(RunKey run, Plan plan, ReadsProgress at) {
    ReaderNodes.Seen readers = nodes.look(plan);
    Instant now = clock.instant();
    Duration length = plan.reads().probe().window();
    Instant start = now.minus(length);
    Map<String, String> baselines = journal.newest(run, ReadsJournal.BASELINE).orElse(Map.of());
    List<Finding> findings = new ArrayList<>(readers.findings().all());
    boolean full = true;
    for (RouteSpec spec : ReadRoutes.taking(plan, baselines)) {
      ReadWindow window =
          probe.window(run, plan, spec, start.isAfter(at.since()) ? start : at.since());
      boolean enough = !window.since().plus(length).isAfter(now);
      full &= enough;
      gauges.saw(plan.id(), spec.name(), at.percent(), window, readers.targetId());
      Baseline baseline = Baseline.parse(baselines.getOrDefault(spec.name(), ""));
      findings.addAll(
          new JudgeReads(plan.reads(), spec.name(), at.percent(), baseline)
              .judge(window, readers.targetId(), enough, now));
    }
    return new Evidence(new Findings(findings), full);
  }

  private Look conclude(ReadRules rules, ReadsProgress at, Evidence seen) {
    Findings findings = seen.findings();
    if (!findings.good()) {
      return new Look(State.BACK, at.back(rules), at.setbacks() + 1, findings);
    }
    if (!findings.of(Finding.Verdict.RISK).isEmpty()) {
      return stay(State.ASK, at, findings);
    }
    if (!seen.full() || clock.instant().isBefore(at.since().plus(rules.hold()))) {
      return stay(State.HOLDING, at, findings);
    }
    if (at.setbacks() >= ReadsProgress.MOST_SETBACKS) {
      return stay(State.ASK, at, findings);
    }
    return at.isLast(rules)
        ? stay(State.DONE, at, findings)
        : new Look(State.NEXT, at.next(rules), at.setbacks(), findings);
  }

  private static Look stay(State state, ReadsProgress at, Findings findings) {
    return new Look(state, at.percent(), at.setbacks(), findings);
  }

  private static String conclusion(ReadsProgress at, Look look) {
    String share = at.percent() + " % of the reads: ";
    return switch (look.state()) {
      case HOLDING -> share + "good so far";
      case NEXT -> share + "good, next are " + look.next() + " %";
      case DONE -> share + "good, that was the last share";
      case BACK -> share + "bad, back to " + look.next() + " %: " + look.findings().problems();
      case ASK -> share + "people have to decide";
    };
  }
}
