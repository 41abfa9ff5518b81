package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.comparison.ComparedRows;
import dev.repli.comparison.TableComparison;
import dev.repli.database.FakeDatabase;
import dev.repli.database.ServerPair;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Checks;
import dev.repli.plan.Decider;
import dev.repli.plan.GuardrailRules;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.RegexPatternTypeFilter;

/** Two real servers, the source being the writer, and all guardrails as the program has them. */
public final class GuardrailLab implements AutoCloseable {
  private static final Pattern ENGINE = Pattern.compile("dev\\.repli\\.guardrail\\.process\\..*");
  private static final List<Decider> PEOPLE = List.of(new Decider("approvers", "lead1", "pm1"));
  private final ServerPair pair;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final AnnotationConfigApplicationContext context;
  private Plan plan;

  public GuardrailLab(ServerInstallation source, ServerInstallation target) {
    pair = new ServerPair(source, target);
    pair.writerIsSource();
    context = context(pair.secrets(), journal);
    // the lab replicates with TLS, and certificates of its own
    plan =
        plan(
            pair.sourceNode().withTls(Node.Tls.TRUST),
            pair.targetNode().withTls(Node.Tls.TRUST),
            List.of());
  }

  /** The program's beans that guardrails need, without the engine. */
  public static AnnotationConfigApplicationContext context(Secrets secrets, Journal journal) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(Secrets.class, () -> secrets);
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(TableComparison.class, ComparedRows::new);
    context.registerBean(
        OwnHealth.class, () -> () -> List.of(new OwnHealth.Part("own database", true, "answers")));
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
    scanner.addExcludeFilter(new RegexPatternTypeFilter(ENGINE));
    scanner.scan("dev.repli.guardrail", "dev.repli.database", "dev.repli.host", "dev.repli.route");
    context.refresh();
    return context;
  }

  public static Plan plan(Node source, Node target, List<RouteSpec> routes) {
    FakeDatabase nodes = new FakeDatabase(new VirtualTime(), source, target);
    Plan sample = SamplePlan.of(nodes, List.of(), new Checks(List.of(), List.of(), List.of()));
    return of(sample, routes, sample.rollbackWindow(), PEOPLE, GuardrailRules.USUAL);
  }

  /** The same with another rollback window. */
  static Plan with(Plan plan, Duration rollbackWindow) {
    return of(plan, plan.routes(), rollbackWindow, plan.people(), plan.guardrails());
  }

  /** The same with other rules. */
  static Plan with(Plan plan, GuardrailRules rules) {
    return of(plan, plan.routes(), plan.rollbackWindow(), plan.people(), rules);
  }

  /** The same with other people. */
  static Plan with(Plan plan, List<Decider> people) {
    return of(plan, plan.routes(), plan.rollbackWindow(), people, plan.guardrails());
  }

  private static Plan of(
      Plan plan,
      List<RouteSpec> routes,
      Duration rollbackWindow,
      List<Decider> people,
      GuardrailRules rules) {
    return new Plan(
        plan.id(),
        plan.title(),
        plan.locale(),
        plan.source(),
        plan.target(),
        routes,
        rollbackWindow,
        plan.budgets(),
        plan.blockers(),
        plan.probe(),
        plan.approvals(),
        plan.steps(),
        plan.cutover(),
        plan.checks(),
        plan.copy(),
        people,
        rules,
        plan.reads(),
        plan.contentHash());
  }

  public ServerPair pair() {
    return pair;
  }

  public InMemoryJournal journal() {
    return journal;
  }

  public Plan plan() {
    return plan;
  }

  public void plan(Plan changed) {
    plan = changed;
  }

  public Guardrails guardrails() {
    return bean(Guardrails.class);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public GuardrailReport check() {
    return guardrails().check(plan, Node.Role.SOURCE, Moment.BEFORE);
  }

  /** The one guardrail, asked now together with all others. */
  public GuardrailResult ask(String name) {
    return result(check(), name);
  }

  public static GuardrailResult result(GuardrailReport report, String name) {
    List<GuardrailResult> named =
        report.results().stream().filter(result -> result.name().equals(name)).toList();
    assertThat(named).as("guardrails named %s", name).hasSize(1);
    return named.get(0);
  }

  @Override
  public void close() {
    context.close();
    pair.close();
  }
}
