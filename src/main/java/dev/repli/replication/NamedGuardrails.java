package dev.repli.replication;

import dev.repli.guardrail.GuardrailResult;
import dev.repli.guardrail.Guardrails;
import dev.repli.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks them as the account that copies, which sees everything. */
@Component("setupGuardrails")
final class NamedGuardrails implements SetupGuardrails {
  /** A replica would stop, or silently differ. */
  private static final Set<String> BLOCKING =
      Set.of(
          "nodes-of-the-plan",
          "unique-server-ids",
          "binary-logs",
          "row-format",
          "strict-rows",
          "triggers-once",
          "replica-tls",
          "json-columns",
          "mysql-binlog-options",
          "mysql-only-definitions",
          "versioned-intact",
          "versioned-upgraded",
          "all-visible");

  /** A replica is possible; the cutover will want it mended or named. */
  private static final Set<String> NOTED =
      Set.of(
          "primary-keys",
          "default-collations",
          "gtid-strict-mode",
          "idempotent-ddl",
          "mysql-account-statements",
          "versioned-tables");

  private final Guardrails guardrails;

  NamedGuardrails(Guardrails guardrails) {
    this.guardrails = guardrails;
  }

  @Override
  public List<Finding> look(Plan plan) {
    Set<String> names = new HashSet<>(BLOCKING);
    names.addAll(NOTED);
    return guardrails.checkBeforeReplication(plan.forCopying(), names).results().stream()
        .map(NamedGuardrails::finding)
        .toList();
  }

  private static Finding finding(GuardrailResult result) {
    String what = result.about().title();
    String where = "guardrail " + result.name();
    return switch (result.status()) {
      case GREEN -> Finding.good(what, where, result.found());
      case RED ->
          BLOCKING.contains(result.name())
              ? Finding.bad(what, where, text(result))
              : Finding.note(what, where, text(result));
      case AMBER, ACCEPTED, MENDED -> Finding.note(what, where, text(result));
    };
  }

  private static String text(GuardrailResult result) {
    String found =
        result.evidence().size() > 1 ? BothSides.some(result.evidence()) : result.found();
    return found + ". Mend: " + result.about().mend();
  }
}
