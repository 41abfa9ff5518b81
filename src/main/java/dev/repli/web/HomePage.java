package dev.repli.web;

import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.rollback.Words;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What a newcomer sees first: the plans, the newest runs, and where to go. */
@Controller
final class HomePage {
  private static final int RUNS_SHOWN = 25;

  /** One that still goes on stays on the page, however many messages came after it. */
  private static final int RUNS_LOOKED_AT = 500;

  private static final String LINKS =
      """
      <nav>
      <a href="/camunda/app/tasklist/default/">Tasklist: open tasks</a>
      <a href="/camunda/app/cockpit/default/">Cockpit: the diagrams</a>
      <a href="/status">Status: what customers see</a>
      <a href="/api/runs">API</a>
      <a href="/api/openapi">OpenAPI</a>
      <a href="/health">Health</a>
      </nav>
      """;

  private final Plans plans;
  private final Runs runs;
  private final WorkRecords work;

  HomePage(Plans plans, Runs runs, WorkRecords work) {
    this.plans = plans;
    this.runs = runs;
    this.work = work;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> home() {
    List<Run> newest = newest();
    String body = LINKS + "<h2>Plans</h2>" + plans() + "<h2>Newest runs</h2>" + runs(newest);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(Html.page("Repli", body));
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
    String rows = all.stream().map(HomePage::row).collect(Collectors.joining());
    return "<table><tr><th>Plan</th><th>Source</th><th>Target</th></tr>" + rows + "</table>";
  }

  private static String row(Plan plan) {
    return "<tr><td>"
        + link("/api/plans/" + plan.id(), plan.title())
        + "</td><td>"
        + Html.escape(plan.source().address().toString())
        + "</td><td>"
        + Html.escape(plan.target().address().toString())
        + "</td></tr>";
  }

  private String runs(List<Run> newest) {
    if (newest.isEmpty()) {
      return "<p>No run yet. An incident posted to <code>/api/incidents</code> starts one.</p>";
    }
    String rows = newest.stream().map(this::row).collect(Collectors.joining());
    return "<table><tr><th>Run</th><th>Plan</th><th>Started</th><th>Now</th><th>Evidence</th></tr>"
        + rows
        + "</table>";
  }

  private String row(Run run) {
    String self = RunView.address(run).toString();
    String now = run.result().orElseGet(() -> underWay(run));
    return "<tr><td>"
        + Html.escape(run.key().value())
        + (run.dryRun() ? " (dry run)" : "")
        + "</td><td>"
        + Html.escape(run.plan().value())
        + "</td><td>"
        + Shown.second(run.startedAt())
        + "</td><td>"
        + Html.escape(now)
        + (run.late() ? " (late)" : "")
        + "</td><td>"
        + link(self + "/report?format=html", "report")
        + " "
        + link(self + "/timeline", "timeline")
        + " "
        + link(self + "/ledger", "ledger")
        + after(run, self)
        + "</td></tr>";
  }

  /** What follows a rollback has a page of its own. */
  private static String after(Run run, String self) {
    return switch (run.runbook()) {
      case "PostMortemProcess" -> " " + link(self + "/post-mortem", "post-mortem");
      case "RollbackWatchProcess" -> " " + link(self + "/watch.html", "watch");
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
                .map(HomePage::words))
        .collect(Collectors.joining("; "));
  }

  private static String words(WorkProgress one) {
    WorkProgress.Amount amount = one.amount();
    String far =
        amount
            .percent()
            .map(
                percent ->
                    "%d of %d %s (%d %%)"
                        .formatted(amount.done(), amount.of(), amount.unit(), percent))
            .orElseGet(() -> (amount.done() == 0 ? "" : amount.done() + " ") + amount.unit());
    String rate =
        one.perSecond()
            .map(each -> String.format(Locale.ROOT, ", %.1f %s/s", each, amount.unit()))
            .orElse("");
    String left = one.remaining().map(rest -> ", about " + Words.of(rest) + " left").orElse("");
    String beat = ", last sign of life " + Shown.second(one.beatAt());
    return one.work() + ": " + far.strip() + rate + left + beat;
  }

  private static String link(String address, String text) {
    return "<a href=\"" + address + "\">" + Html.escape(text) + "</a>";
  }
}
