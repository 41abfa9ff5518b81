package dev.repli.engine;

import dev.repli.plan.Account;
import dev.repli.plan.ApprovalRules;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Checks;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.SecretRef;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plans that hold one, which a test can change under a running run. */
public final class OnePlan implements Plans {
  public static final PlanId ID = new PlanId("trial");
  private String contentHash = "a".repeat(64);

  public synchronized void changeTo(String hash) {
    contentHash = hash;
  }

  @Override
  public synchronized List<Plan> all() {
    return List.of(plan(Duration.ofSeconds(10), contentHash));
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    return all().stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  /** A valid plan whose lease is the given one. */
  public static Plan plan(Duration lease, String contentHash) {
    Account account = new Account("repli", new SecretRef("env:REPLI_TEST"));
    Duration step = Duration.ofMinutes(5);
    return new Plan(
        ID,
        "Trial",
        Locale.ENGLISH,
        node(Node.Role.SOURCE, 3306, account),
        node(Node.Role.TARGET, 3307, account),
        List.of(),
        Duration.ofHours(24),
        new Budgets(
            lease,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(3),
            Duration.ofSeconds(5),
            Duration.ofMinutes(30)),
        BlockerPolicy.WAIT,
        new WriteProbe(false, Duration.ofMillis(10), account),
        new ApprovalRules(List.of("technical-lead", "project-manager"), Duration.ofMinutes(30)),
        new StepLimits(step, step, step, step, step, step, List.of()),
        CutoverRules.DEFAULT,
        new Checks(List.of(), List.of(), List.of()),
        contentHash);
  }

  private static Node node(Node.Role role, int port, Account account) {
    return new Node(
        role,
        Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", port),
        account,
        account,
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
