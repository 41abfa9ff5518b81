package dev.repli.web;

import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What a newcomer sees first: the plans, the newest runs, and where to go. */
@Controller
final class HomePage {
  private static final int RUNS_SHOWN = 25;

  /** One that still goes on stays on the page, however many messages came after it. */
  private static final int RUNS_LOOKED_AT = 500;

  private final Plans plans;
  private final Runs runs;
  private final WorkRecords work;
  private final ReversibilityMeter meter;

  HomePage(Plans plans, Runs runs, WorkRecords work, ReversibilityMeter meter) {
    this.plans = plans;
    this.runs = runs;
    this.work = work;
    this.meter = meter;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> home() {
    List<Run> newest = newest();
    String body = "<h2>Plans</h2>" + plans() + "<h2>Newest runs</h2>" + runs(newest);
    return LivePage.of("Repli", "", body);
  }

  private List<Run> newest() {
    List<Run> looked = runs.newest(RUNS_LOOKED_AT);
    Stream<Run> older = looked.stream().skip(RUNS_SHOWN).filter(run -> run.result().isEmpty());
    return Stream.concat(looked.stream().limit(RUNS_SHOWN), older).toList();
  }

  private String plans() {
    List<Plan> all = plans.all();
    if (all.isEmpty()) {
      return "<p>There is no plan yet. Put one into the plans folder and start Repli again.</p>";
    }
    return Html.table(
        List.of("Plan", "Source", "Target", "Ways back"), all.stream().map(this::row).toList());
  }

  private List<String> row(Plan plan) {
    return List.of(
        Html.link("/api/plans/" + plan.id(), plan.title()),
        Html.escape(plan.source().address().toString()),
        Html.escape(plan.target().address().toString()),
        ways(plan));
  }

  private String ways(Plan plan) {
    String all = "/api/plans/" + plan.id() + "/reversibility";
    return meter
        .latest(plan.id())
        .map(
            found ->
                found
                        .preferred()
                        .map(way -> Html.link(all, "open: " + way.word()))
                        .orElseGet(() -> Html.link(all, "none is open") + why(found))
                    + found
                        .windowEnds()
                        .map(end -> ", rollback window until " + Shown.second(end))
                        .orElse(""))
        .orElseGet(() -> Html.link(all, "not measured yet"));
  }

  /** Of the first way, which is the one that loses nothing and takes least. */
  private static String why(Reversibility found) {
    return found.ways().stream()
        .findFirst()
        .map(way -> "; " + Html.escape(way.strategy().word() + ": " + way.why()))
        .orElse("");
  }

  private String runs(List<Run> newest) {
    if (newest.isEmpty()) {
      return "<p>No run yet. An incident posted to <code>/api/incidents</code> starts one.</p>";
    }
    return Html.table(
        List.of("Run", "Plan", "Started", "Now", "Evidence"),
        newest.stream().map(this::row).toList());
  }

  private List<String> row(Run run) {
    String self = RunView.address(run).toString();
    String now = run.result().orElseGet(() -> underWay(run));
    return List.of(
        Html.link("/runs/" + run.key(), run.key().value()) + (run.dryRun() ? " (dry run)" : ""),
        Html.escape(run.plan().value()),
        Html.when(run.startedAt()),
        Html.escape(now) + (run.late() ? " (late)" : ""),
        Html.link(self + "/report?format=html", "report")
            + " "
            + Html.link(self + "/timeline", "timeline")
            + " "
            + Html.link(self + "/ledger", "ledger")
            + after(run, self));
  }

  /** What follows a rollback has a page of its own. */
  private static String after(Run run, String self) {
    return switch (run.runbook()) {
      case "PostMortemProcess" -> " " + Html.link(self + "/post-mortem", "post-mortem");
      case "RollbackWatchProcess" -> " " + Html.link(self + "/watch.html", "watch");
      default -> "";
    };
  }

  /** Hours of work must not look like hours of nothing. */
  private String underWay(Run run) {
    String waiting = "waiting for " + String.join(", ", run.waitingFor());
    return Stream.concat(
            Stream.of(waiting),
            work.of(run.key()).stream()
                .filter(one -> one.state() == WorkProgress.State.RUNNING)
                .map(WorkWords::of))
        .collect(Collectors.joining("; "));
  }
}
