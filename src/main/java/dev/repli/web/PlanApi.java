package dev.repli.web;

import dev.repli.approval.Fingerprints;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.RouteSpec;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is configured, and runs that a person starts. */
@RestController
final class PlanApi {
  private final Plans plans;
  private final Fingerprints fingerprints;
  private final Runs runs;
  private final WriteRequests requests;
  private final Supplier<UUID> ids;

  PlanApi(
      Plans plans,
      Fingerprints fingerprints,
      Runs runs,
      WriteRequests requests,
      Supplier<UUID> ids) {
    this.plans = plans;
    this.fingerprints = fingerprints;
    this.runs = runs;
    this.requests = requests;
    this.ids = ids;
  }

  @GetMapping("/api/plans")
  List<PlanView> all() {
    return plans.all().stream().map(this::view).toList();
  }

  @GetMapping("/api/plans/{id}")
  PlanView one(@PathVariable String id) {
    return view(Params.plan(plans, id));
  }

  @PostMapping("/api/plans/{id}/rollback")
  ResponseEntity<RunView> rollback(@PathVariable String id, HttpServletRequest request) {
    return start(id, Wanted.ROLLBACK, request);
  }

  @PostMapping("/api/plans/{id}/cutover")
  ResponseEntity<RunView> cutover(@PathVariable String id, HttpServletRequest request) {
    return start(id, Wanted.CUTOVER, request);
  }

  @PostMapping("/api/plans/{id}/replication")
  ResponseEntity<RunView> replication(@PathVariable String id, HttpServletRequest request) {
    return start(id, Wanted.REPLICATION, request);
  }

  @PostMapping("/api/plans/{id}/reads")
  ResponseEntity<RunView> reads(@PathVariable String id, HttpServletRequest request) {
    return start(id, Wanted.READS, request);
  }

  @PostMapping("/api/plans/{id}/backup-proof")
  ResponseEntity<RunView> backupProof(@PathVariable String id, HttpServletRequest request) {
    if (Params.plan(plans, id).upgradedInPlace().isEmpty()) {
      throw Problem.of(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "no-backups",
          "Nothing was started: plan "
              + id
              + " names no machine with backups and a previous release. Add machine.backups and"
              + " machine.previous to it (docs/backups.md).");
    }
    return start(id, Wanted.BACKUP, request);
  }

  /** Runbooks that a person starts, and the word for them in keys and texts. */
  private enum Wanted {
    ROLLBACK("RollbackProcess", "rollback"),
    CUTOVER("CutoverProcess", "cutover"),
    BACKUP("BackupRehearsalProcess", "backup"),
    READS("ProgressiveReadsProcess", "reads"),
    REPLICATION("ReplicationSetupProcess", "replication");

    private final String runbook;
    private final String word;

    Wanted(String runbook, String word) {
      this.runbook = runbook;
      this.word = word;
    }
  }

  private ResponseEntity<RunView> start(String id, Wanted wanted, HttpServletRequest request) {
    Params.only(request, "dryRun");
    boolean dryRun = Params.flag(request, "dryRun");
    Plan plan = Params.plan(plans, id);
    Fields fields = requests.jsonOrNothing(request);
    Optional<String> summary = fields.text("summary", 500, false);
    Optional<String> backup =
        wanted == Wanted.BACKUP ? fields.text("backup", 255, false) : Optional.empty();
    fields.refuseIfWrong();
    String by = Caller.of(request);
    String asked = Character.toUpperCase(wanted.word.charAt(0)) + wanted.word.substring(1);
    Map<String, String> facts = new HashMap<>();
    facts.put("summary", summary.orElse(asked + " asked for by " + by));
    facts.put("severity", "unstated");
    backup.ifPresent(name -> facts.put("backup", name));
    RunKey key = key(plan.id(), wanted.word, request, by);
    Runs.Start start =
        runs.start(new Runs.Request(key, wanted.runbook, plan.id(), by, dryRun, facts));
    if (start instanceof Runs.Start.PlanBusy busy) {
      throw RunView.busy(busy.run());
    }
    return ResponseEntity.created(RunView.address(start.run())).body(RunView.of(start.run()));
  }

  /** The same idempotency key of the same caller is the same run. */
  private RunKey key(PlanId plan, String word, HttpServletRequest request, String by) {
    String unique =
        WriteRequests.key(request)
            .map(key -> WriteRequests.sha256(utf8(by), utf8(key)))
            .orElseGet(() -> ids.get().toString().replace("-", ""));
    return new RunKey(plan + "-" + word + "-" + unique.substring(0, 16));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private PlanView view(Plan plan) {
    return new PlanView(
        plan.id().value(),
        plan.title(),
        plan.source().address().toString(),
        plan.target().address().toString(),
        plan.routes().stream().map(RouteSpec::name).toList(),
        plan.rollbackWindow().toString(),
        fingerprints.of(plan).value());
  }

  /** A plan without its accounts. */
  record PlanView(
      String id,
      String title,
      String source,
      String target,
      List<String> routes,
      String rollbackWindow,
      String fingerprint) {}
}
