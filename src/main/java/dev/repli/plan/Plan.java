package dev.repli.plan;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One migration, validated. Secrets are references. Immutable.
 *
 * @param contentHash SHA-256 (hex) of the normalised plan: key order, comments and spelling of
 *     durations do not matter
 */
public record Plan(
    PlanId id,
    String title,
    Locale locale,
    Node source,
    Node target,
    List<RouteSpec> routes,
    Duration rollbackWindow,
    Budgets budgets,
    BlockerPolicy blockers,
    WriteProbe probe,
    ApprovalRules approvals,
    StepLimits steps,
    CutoverRules cutover,
    Checks checks,
    InitialCopy copy,
    List<Decider> people,
    GuardrailRules guardrails,
    ReadRules reads,
    DeltaRules delta,
    CriteriaRules criteria,
    CommunicationRules communication,
    ContactRules contacts,
    String contentHash) {
  public Plan {
    routes = List.copyOf(routes);
    people = List.copyOf(people);
  }

  /**
   * A plan that says nothing of the initial copy, people, guardrails, reads, delta and criteria.
   */
  public Plan(
      PlanId id,
      String title,
      Locale locale,
      Node source,
      Node target,
      List<RouteSpec> routes,
      Duration rollbackWindow,
      Budgets budgets,
      BlockerPolicy blockers,
      WriteProbe probe,
      ApprovalRules approvals,
      StepLimits steps,
      CutoverRules cutover,
      Checks checks,
      String contentHash) {
    this(
        id,
        title,
        locale,
        source,
        target,
        routes,
        rollbackWindow,
        budgets,
        blockers,
        probe,
        approvals,
        steps,
        cutover,
        checks,
        InitialCopy.USUAL,
        List.of(),
        GuardrailRules.USUAL,
        ReadRules.DEFAULT,
        DeltaRules.USUAL,
        CriteriaRules.USUAL,
        CommunicationRules.SILENT,
        ContactRules.NONE,
        contentHash);
  }

  /** A plan that says nothing of what was written on the target. */
  public Plan(
      PlanId id,
      String title,
      Locale locale,
      Node source,
      Node target,
      List<RouteSpec> routes,
      Duration rollbackWindow,
      Budgets budgets,
      BlockerPolicy blockers,
      WriteProbe probe,
      ApprovalRules approvals,
      StepLimits steps,
      CutoverRules cutover,
      Checks checks,
      InitialCopy copy,
      List<Decider> people,
      GuardrailRules guardrails,
      ReadRules reads,
      String contentHash) {
    this(
        id,
        title,
        locale,
        source,
        target,
        routes,
        rollbackWindow,
        budgets,
        blockers,
        probe,
        approvals,
        steps,
        cutover,
        checks,
        copy,
        people,
        guardrails,
        reads,
        DeltaRules.USUAL,
        CriteriaRules.USUAL,
        CommunicationRules.SILENT,
        ContactRules.NONE,
        contentHash);
  }

  /** The same plan that tells people. */
  public Plan telling(CommunicationRules rules) {
    return but(parts -> parts.communication = rules);
  }

  /** The same plan that calls people. */
  public Plan calling(ContactRules rules) {
    return but(parts -> parts.contacts = rules);
  }

  /** The same with other criteria. */
  public Plan with(CriteriaRules other) {
    return but(parts -> parts.criteria = other);
  }

  private Plan but(Consumer<PlanParts> change) {
    PlanParts parts = new PlanParts(this);
    change.accept(parts);
    return parts.plan();
  }

  /** Whether anybody is told anything. */
  public boolean speaks() {
    return communication.speaks() || !contacts.onCall().isEmpty();
  }

  /**
   * The node that was upgraded on its own machine and of which the plan says how its release before
   * comes back; the target first. Empty when the plan names none.
   */
  public Optional<Node> upgradedInPlace() {
    return Stream.of(target, source)
        .filter(
            node ->
                node.machine()
                    .filter(machine -> machine.backups().isPresent())
                    .filter(machine -> machine.previous().isPresent())
                    .isPresent())
        .findFirst();
  }

  /** The same, with the account that copies as Repli's own on both nodes. */
  public Plan forCopying() {
    return copy.account()
        .map(
            account ->
                but(
                    parts -> {
                      parts.source = as(source, account);
                      parts.target = as(target, account);
                    }))
        .orElse(this);
  }

  private static Node as(Node node, Account account) {
    return new Node(
        node.role(),
        node.kind(),
        node.address(),
        account,
        node.replication(),
        node.tls(),
        node.fenceFile(),
        node.environment(),
        node.machine());
  }

  public Node node(Node.Role role) {
    return role == Node.Role.SOURCE ? source : target;
  }

  /** Name of the lock that the one commander of this plan holds on each node. */
  public String lockName() {
    return "repli/" + id;
  }
}
