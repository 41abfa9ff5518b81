package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.ApprovalRules;
import dev.repli.plan.Budgets;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of limits and rules: budgets, steps, approvals, probe. */
final class LimitKeys {
  private static final Key<Duration> LEASE =
      duration("lease", "1s", "60s", "10s", "After this the old writer re-opens by itself.");
  private static final Key<Duration> FENCE_LOCK_WAIT =
      duration(
          "fenceLockWait", "1s", "30s", "1s", "One attempt to fence waits this long for a write.");
  private static final Key<Duration> WRITE_OUTAGE =
      duration(
          "writeOutage", "10ms", "60s", "5s", "Above this prediction the switch does not start.");
  private static final Key<Duration> GATE =
      duration(
          "gate", "1ms", "1s", "3ms", "How fast the new writer has to answer before the hold.");
  private static final Key<Duration> GATE_WAIT =
      duration("gateWait", "10ms", "10m", "5s", "How long to wait for the gate.");
  private static final Key<Duration> WHOLE_RUN =
      duration("wholeRun", "1s", "7d", "60m", "Expected duration of the whole run.");

  static final Block<Budgets> BUDGETS =
      Block.of(
              List.of(LEASE, FENCE_LOCK_WAIT, WRITE_OUTAGE, GATE, GATE_WAIT, WHOLE_RUN),
              values ->
                  new Budgets(
                      values.get(LEASE),
                      values.get(FENCE_LOCK_WAIT),
                      values.get(WRITE_OUTAGE),
                      values.get(GATE),
                      values.get(GATE_WAIT),
                      values.get(WHOLE_RUN)))
          .checked(LimitKeys::fenceInsideLease);

  private static final Key<Duration> ASSESSMENT = step("assessment", "5m");
  private static final Key<Duration> ANNOUNCEMENT = step("announcement", "2m");
  private static final Key<Duration> EXECUTION = step("execution", "30m");
  private static final Key<Duration> VERIFICATION = step("verification", "5m");
  private static final Key<Duration> VALIDATION = step("validation", "10m");
  private static final Key<Duration> CLOSING = step("closing", "5m");
  private static final List<Key<Duration>> STEP_KEYS =
      List.of(ASSESSMENT, ANNOUNCEMENT, EXECUTION, VERIFICATION, VALIDATION, CLOSING);
  private static final Key<List<String>> SKIPPABLE =
      Key.withDefault(
          "skippable",
          new Items<>(words(STEP_KEYS.stream().<String>map(Key::name).toList()), 0),
          List.of(),
          "Steps that people may skip, with an approval.");

  static final Block<StepLimits> STEPS =
      Block.of(
          List.of(
              ASSESSMENT, ANNOUNCEMENT, EXECUTION, VERIFICATION, VALIDATION, CLOSING, SKIPPABLE),
          values ->
              new StepLimits(
                  values.get(ASSESSMENT),
                  values.get(ANNOUNCEMENT),
                  values.get(EXECUTION),
                  values.get(VERIFICATION),
                  values.get(VALIDATION),
                  values.get(CLOSING),
                  values.get(SKIPPABLE)));

  private static final List<String> DECIDERS =
      List.of("technical-lead", "project-manager", "system-administrator", "senior-on-call");

  /** A group that decides. */
  static final Scalar<String> ROLE = words(withApprovers());

  private static final Key<List<String>> ROLES =
      Key.withDefault(
          "roles", new Items<>(ROLE, 1), DECIDERS, "Groups, any member of which may decide.");
  private static final Key<Duration> EXPIRY =
      duration("expiry", "1m", "7d", "4h", "An approval older than this is void.");

  static final Block<ApprovalRules> APPROVALS =
      Block.of(
          List.of(ROLES, EXPIRY),
          values -> new ApprovalRules(values.get(ROLES), values.get(EXPIRY)));

  private static final Key<Boolean> ENABLED =
      Key.withDefault("enabled", Numbers.flag(), true, "Whether Repli writes during a switch.");
  private static final Key<Duration> INTERVAL =
      duration("interval", "1ms", "10s", "10ms", "Time between two rows.");
  private static final Key<Account> ACCOUNT =
      Key.required(
          "account",
          NodeKeys.ACCOUNT,
          "An account like the application's, without READ ONLY ADMIN, with INSERT and SELECT on"
              + " repli_probe.");

  static final Block<WriteProbe> PROBE =
      Block.of(
          List.of(ENABLED, INTERVAL, ACCOUNT),
          values -> new WriteProbe(values.get(ENABLED), values.get(INTERVAL), values.get(ACCOUNT)));

  private LimitKeys() {}

  private static Key<Duration> duration(
      String name, String least, String most, String fallback, String description) {
    return Key.withDefault(name, Durations.between(least, most), fallback, description);
  }

  private static Key<Duration> step(String name, String fallback) {
    return duration(name, "1s", "7d", fallback, "Expected duration; above it the run is late.");
  }

  private static Scalar<String> words(List<String> words) {
    Map<String, String> byName = new LinkedHashMap<>();
    words.forEach(word -> byName.put(word, word));
    return Texts.oneOf(byName);
  }

  private static List<String> withApprovers() {
    return java.util.stream.Stream.concat(
            DECIDERS.stream(), java.util.stream.Stream.of("approvers"))
        .toList();
  }

  private static void fenceInsideLease(Values values) {
    if (values.find(LEASE).isPresent()
        && values.find(FENCE_LOCK_WAIT).isPresent()
        && values.get(FENCE_LOCK_WAIT).compareTo(values.get(LEASE)) >= 0) {
      values.error("fenceLockWait", "is not shorter than the lease", "less than lease", "");
    }
  }
}
