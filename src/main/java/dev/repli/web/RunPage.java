package dev.repli.web;

import dev.repli.communication.Message;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.journal.Journal;
import dev.repli.journal.Report;
import dev.repli.journal.Reports;
import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import dev.repli.run.Standings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One run while it goes on: who is wanted, what happens next, what happened, newest first. */
@Controller
final class RunPage {
  private static final int MOMENTS_SHOWN = 100;
  private static final String TASK = "/camunda/app/tasklist/default/#/?task=";
  private static final String INSTANCE = "/camunda/app/cockpit/default/#/process-instance/";

  private final Runs runs;
  private final Standings standings;
  private final WorkRecords work;
  private final Outbox outbox;
  private final Reports reports;
  private final Journal journal;

  RunPage(
      Runs runs,
      Standings standings,
      WorkRecords work,
      Outbox outbox,
      Reports reports,
      Journal journal) {
    this.runs = runs;
    this.standings = standings;
    this.work = work;
    this.outbox = outbox;
    this.reports = reports;
    this.journal = journal;
  }

  @GetMapping("/runs/{key}")
  ResponseEntity<byte[]> page(@PathVariable String key, HttpServletRequest request) {
    Params.only(request);
    RunKey asked = Params.runKey(key);
    Run run = runs.find(asked).orElseThrow(() -> RunApi.unknown(asked));
    Report report = reports.of(run);
    String body =
        links(run)
            + now(run, report)
            + tasks(standings.of(run))
            + works(run)
            + steps(report)
            + messages(run)
            + timeline(run);
    return LivePage.of(
        (run.dryRun() ? "Dry run " : "Run ") + run.key(),
        run.result().isPresent() ? "" : RunView.address(run) + "/events",
        body);
  }

  private static String links(Run run) {
    String self = RunView.address(run).toString();
    return "<p>"
        + Html.link(self + "/report?format=html", "Report")
        + " · "
        + Html.link(INSTANCE + run.processInstanceId() + "/runtime", "Diagram with the position")
        + " · "
        + Html.link(self + "/timeline", "All evidence")
        + " · "
        + Html.link(self + "/ledger", "Ledger")
        + "</p>\n";
  }

  private static String now(Run run, Report report) {
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Runbook", Shown.runbook(run.runbook())));
    facts.add(List.of("Plan", run.plan().value()));
    facts.add(List.of("Asked for by", run.requestedBy()));
    facts.add(List.of("Since", Shown.second(run.startedAt())));
    facts.add(
        List.of(
            "Now",
            run.result()
                    .map(result -> "ended: " + result)
                    .orElseGet(() -> "at " + String.join(", ", run.waitingFor()))
                + (run.late() ? " (late)" : "")));
    report
        .ledger()
        .map(Report.Proof::ledger)
        .ifPresent(
            ledger ->
                facts.add(
                    List.of(
                        "Acknowledged writes",
                        ledger.probed()
                            ? "%d lost, %d duplicated of %d"
                                .formatted(
                                    ledger.lost(), ledger.duplicated(), ledger.acknowledged())
                            : "not probed")));
    return facts.stream()
        .map(
            fact ->
                "<tr><th scope=\"row\">"
                    + Html.escape(fact.get(0))
                    + "</th><td>"
                    + Html.escape(fact.get(1))
                    + "</td></tr>")
        .collect(Collectors.joining("\n", "<table>\n", "\n</table>\n"));
  }

  private static String tasks(Standings.Standing standing) {
    List<List<String>> open =
        standing.tasks().stream()
            .map(
                task ->
                    List.of(
                        Html.link(TASK + task.id(), task.name()),
                        Html.escape(who(task)),
                        Html.when(task.since()),
                        task.due().map(RunPage::due).orElse("")))
            .toList();
    List<List<String>> timers =
        standing.timers().stream()
            .map(timer -> List.of(Html.escape(timer.name()), due(timer.due())))
            .toList();
    return section("Who is wanted", List.of("task", "who may do it", "since", "due"), open)
        + section("What happens by itself", List.of("what", "when"), timers);
  }

  private static String who(Standings.OpenTask task) {
    return task.assignee()
        .map(person -> person + " has it")
        .orElseGet(() -> String.join(", ", task.candidates()));
  }

  private static String due(Instant at) {
    return Html.when(at) + " <span data-due=\"" + at + "\"></span>";
  }

  private String works(Run run) {
    List<List<String>> rows =
        work.of(run.key()).stream()
            .map(
                one ->
                    List.of(
                        Html.escape(one.state().name().toLowerCase(Locale.ROOT)),
                        Html.escape(
                            one.state() == WorkProgress.State.RUNNING
                                ? WorkWords.of(one)
                                : one.work() + " " + one.text())))
            .toList();
    return section("Long work", List.of("state", "how far"), rows);
  }

  private static String steps(Report report) {
    List<List<String>> rows =
        report.steps().stream()
            .map(
                step ->
                    List.of(
                        Html.escape(step.name()),
                        Html.when(step.begunAt()),
                        step.took().map(Shown::duration).orElse("at work")
                            + (step.late() ? " (late)" : "")))
            .toList();
    return section("Steps", List.of("step", "begun", "took"), rows);
  }

  /** Without those that repeat the lines of the timeline one by one. */
  private String messages(Run run) {
    List<Message> told =
        new ArrayList<>(
            outbox.ofRun(run.key().value()).stream()
                .filter(message -> message.moment() != Moment.STEP)
                .toList());
    Collections.reverse(told);
    List<List<String>> rows = told.stream().limit(MOMENTS_SHOWN).map(RunPage::row).toList();
    return section("Messages, newest first", List.of("when", "about", "channel", "state"), rows);
  }

  private static List<String> row(Message message) {
    String problem = message.problem().isEmpty() ? "" : ": " + message.problem();
    return List.of(
        Html.when(message.madeAt()),
        Html.escape(message.moment().word()),
        Html.escape(message.channel()),
        Html.escape(message.state().name().toLowerCase(Locale.ROOT) + problem));
  }

  /** Without what was looked at and found good, which nobody can read at that pace. */
  private String timeline(Run run) {
    List<List<String>> told =
        new ArrayList<>(journal.read(run.key()).stream().flatMap(RunNews::of).toList());
    Collections.reverse(told);
    List<List<String>> rows = told.stream().limit(MOMENTS_SHOWN).toList();
    String all = Html.link(RunView.address(run) + "/report?format=html", "the report has all");
    return section("What happened, newest first", List.of("when", "what", "details"), rows)
        + "<p>What was found good is left out"
        + (told.size() > rows.size() ? ", and what is older than these" : "")
        + "; "
        + all
        + ".</p>\n";
  }

  /** Nothing of what there is nothing of. */
  private static String section(String title, List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    return "<h2>" + title + "</h2>\n" + Html.table(head, rows);
  }
}
