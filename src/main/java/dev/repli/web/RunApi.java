package dev.repli.web;

import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happened in runs, and how one is stopped. */
@RestController
final class RunApi {
  private final Runs runs;
  private final Journal journal;
  private final Ledgers ledgers;
  private final WorkRecords work;
  private final WriteRequests requests;

  RunApi(Runs runs, Journal journal, Ledgers ledgers, WorkRecords work, WriteRequests requests) {
    this.runs = runs;
    this.journal = journal;
    this.ledgers = ledgers;
    this.work = work;
    this.requests = requests;
  }

  @GetMapping("/api/runs")
  List<RunView> newest(HttpServletRequest request) {
    Params.only(request, "limit");
    int limit = Params.number(request, "limit", 50, 500);
    return runs.newest(limit).stream().map(RunView::of).toList();
  }

  @GetMapping("/api/runs/{key}")
  RunView one(@PathVariable String key) {
    return RunView.of(known(key));
  }

  @GetMapping("/api/runs/{key}/timeline")
  List<TimelineEntry> timeline(@PathVariable String key) {
    return journal.read(known(key).key()).stream().map(TimelineEntry::of).toList();
  }

  /** How far restores, copies and replays of the run are. */
  @GetMapping("/api/runs/{key}/work")
  List<WorkView> work(@PathVariable String key) {
    return work.of(known(key).key()).stream().map(WorkView::of).toList();
  }

  @GetMapping("/api/runs/{key}/ledger")
  LedgerView ledger(@PathVariable String key) {
    RunKey run = known(key).key();
    return ledgers
        .find(run)
        .map(LedgerView::of)
        .orElseThrow(
            () ->
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "no-ledger",
                    "Run " + run + " has no ledger: it has not moved the writer (yet)."));
  }

  @PostMapping("/api/runs/{key}/abort")
  ResponseEntity<Map<String, Object>> abort(@PathVariable String key, HttpServletRequest request) {
    Params.only(request);
    Run run = known(key);
    Fields fields = requests.json(request);
    var reason = fields.text("reason", 500, true);
    fields.refuseIfWrong();
    Runs.Abort abort = runs.abort(run.key(), Caller.of(request), Fields.checked(reason));
    if (abort instanceof Runs.Abort.Accepted accepted) {
      return ResponseEntity.accepted()
          .location(RunView.address(run))
          .body(Map.of("what", accepted.what(), "run", RunView.of(known(key))));
    }
    if (abort instanceof Runs.Abort.Refused refused) {
      throw Problem.of(
              HttpStatus.CONFLICT,
              "abort-refused",
              "The run was not aborted: " + refused.why() + ".")
          .with("run", RunView.of(known(key)));
    }
    throw unknown(run.key());
  }

  private Run known(String key) {
    RunKey run = Params.runKey(key);
    return runs.find(run).orElseThrow(() -> unknown(run));
  }

  static Problem unknown(RunKey run) {
    return Problem.of(
        HttpStatus.NOT_FOUND,
        "no-such-run",
        "There is no run " + run + "; GET /api/runs lists them.");
  }

  /** A ledger with the entry of the journal that signs it. */
  record LedgerView(Ledger ledger, long journalEntry, String signature) {
    static LedgerView of(Ledgers.Signed signed) {
      return new LedgerView(signed.ledger(), signed.entry().seq(), signed.entry().hash());
    }
  }
}
