package dev.repli.reads;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what reads are like before any of them moves; every later look is held against it. */
public final class MeasureBaseline {
  private static final double PERCENT = 100;
  private final ReadProbe probe;
  private final ReadsJournal journal;
  private final Clock clock;

  MeasureBaseline(ReadProbe probe, ReadsJournal journal, Clock clock) {
    this.probe = probe;
    this.journal = journal;
    this.clock = clock;
  }

  /** How far the measuring is. */
  public enum State {
    MEASURING,
    RECORDED,
    /** Too few reads, or too many that failed: nothing to hold anything against. */
    UNUSABLE
  }

  /** What was measured. */
  public record Measured(State state, Findings findings) {}

  /** One look; the probe has to have read for as long as the plan says. */
  public Measured look(RunKey run, Plan plan) {
    Duration time = plan.reads().probe().baseline();
    Instant now = clock.instant();
    Map<String, ReadWindow> windows = new LinkedHashMap<>();
    for (RouteSpec spec : routes(run, plan)) {
      windows.put(spec.name(), probe.window(run, plan, spec, now.minus(time)));
    }
    boolean over = windows.values().stream().noneMatch(it -> it.since().plus(time).isAfter(now));
    return over ? record(run, plan, windows) : new Measured(State.MEASURING, none());
  }

  private List<RouteSpec> routes(RunKey run, Plan plan) {
    return ReadRoutes.taking(plan, journal.newest(run, ReadsJournal.BEFORE).orElse(Map.of()));
  }

  private Measured record(RunKey run, Plan plan, Map<String, ReadWindow> windows) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> facts = new LinkedHashMap<>();
    windows.forEach(
        (route, window) -> {
          findings.addAll(judge(plan, route, window));
          facts.put(route, Baseline.of(window).text());
        });
    Findings all = new Findings(findings);
    if (all.good()) {
      journal.note(run, ReadsJournal.BASELINE, "Measured the reads before the first step", facts);
    }
    journal.found(
        run,
        ReadsStep.PREPARATION,
        all,
        all.good() ? "baseline measured" : "no baseline: " + all.problems());
    return new Measured(all.good() ? State.RECORDED : State.UNUSABLE, all);
  }

  private static List<Finding> judge(Plan plan, String route, ReadWindow window) {
    double failed = window.failedShare() * PERCENT;
    int enough = plan.reads().limits().leastReads();
    if (window.answered().count() < enough) {
      String why = window.lastError().map(error -> "; the last error: " + error).orElse("");
      return List.of(
          bad(
              "reads before the first step",
              route,
              window.answered() + ", at least " + enough + " are needed" + why));
    }
    return List.of(
        Finding.good("reads before the first step", route, window.answered().toString()),
        expect(
            failed <= plan.reads().limits().errors(),
            "failing reads before the first step",
            route,
            String.format(java.util.Locale.ROOT, "%.2f %%", failed)
                + window.lastError().map(error -> "; the last one: " + error).orElse("")));
  }

  private static Findings none() {
    return new Findings(List.of());
  }
}
