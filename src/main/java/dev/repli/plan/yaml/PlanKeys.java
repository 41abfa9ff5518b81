package dev.repli.plan.yaml;

import dev.repli.plan.ApprovalRules;
import dev.repli.plan.BlockerPolicy;
import dev.repli.plan.Budgets;
import dev.repli.plan.Checks;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.CutoverRules;
import dev.repli.plan.Decider;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.Endpoint;
import dev.repli.plan.GuardrailRules;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.ReadRules;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.StepLimits;
import dev.repli.plan.WriteProbe;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of a plan. */
final class PlanKeys {
  private static final Key<PlanId> ID =
      Key.required(
          "id",
          Texts.formed(
              "[a-z][a-z0-9-]{0,40}",
              "1 to 41 characters a-z, 0-9 and '-', starting with a letter",
              PlanId::new),
          "Name of the plan in links, lock names and incidents.");
  private static final Key<String> TITLE =
      Key.required("title", Texts.line(120), "Title for people.");
  private static final Key<Locale> LOCALE =
      Key.withDefault("locale", Texts.oneOf(locales()), "en", "Language of messages to people.");
  private static final Key<Node> SOURCE =
      Key.required("source", NodeKeys.node(Node.Role.SOURCE), "The server before the cutover.");
  private static final Key<Node> TARGET =
      Key.required("target", NodeKeys.node(Node.Role.TARGET), "The server after the cutover.");
  private static final Key<Optional<String>> ACTIVE =
      Key.optional(
          "active",
          Texts.line(20),
          "Environment that has the writer before the cutover, by its name; the other one becomes the"
              + " target. Change it after the rollback window, never during a run.");
  private static final Key<List<RouteSpec>> ROUTES =
      Key.required("routes", new Items<>(RouteKeys.ROUTE, 1), "How applications reach the writer.");
  private static final Key<Duration> ROLLBACK_WINDOW =
      Key.withDefault(
          "rollbackWindow",
          Durations.between("1m", "365d"),
          "24h",
          "How long after the cutover the way back is kept open.");
  private static final Key<Budgets> BUDGETS =
      Key.withDefault("budgets", LimitKeys.BUDGETS, Map.of(), "Limits of the writer switch.");
  private static final Key<BlockerPolicy> BLOCKERS =
      Key.withDefault(
          "blockers",
          Texts.oneOf(BlockerPolicy.class),
          "wait",
          "What to do with a transaction that keeps the fence from closing: wait inside the"
              + " budget, or end its session.");
  private static final Key<WriteProbe> PROBE =
      Key.required("probe", LimitKeys.PROBE, "Repli's own writer through each route.");
  private static final Key<ApprovalRules> APPROVALS =
      Key.withDefault("approvals", LimitKeys.APPROVALS, Map.of(), "Who may decide.");
  private static final Key<StepLimits> STEPS =
      Key.withDefault(
          "steps", LimitKeys.STEPS, Map.of(), "Expected durations of the six rollback steps.");
  private static final Key<CutoverRules> CUTOVER =
      Key.withDefault(
          "cutover", CutoverKeys.CUTOVER, Map.of(), "Limits of a cutover around the switch.");
  private static final Key<ReadRules> READS =
      Key.withDefault(
          "reads", ReadKeys.READS, Map.of(), "How reads move to the target step by step.");
  private static final Key<Checks> CHECKS =
      Key.withDefault(
          "checks", CheckKeys.CHECKS, Map.of(), "What proves that the application works.");
  private static final Key<InitialCopy> COPY =
      Key.withDefault(
          "copy", CopyKeys.COPY, Map.of(), "How the target gets its first copy of the data.");

  private static final Key<DeltaRules> DELTA =
      Key.withDefault(
          "delta",
          DeltaKeys.DELTA,
          Map.of(),
          "What happens to rows written on the target when it goes back without replication.");

  private static final Key<List<Decider>> PEOPLE =
      Key.withDefault(
          "people",
          GuardrailKeys.PEOPLE,
          List.of(),
          "Who decides in which role, and who stands in.");
  private static final Key<GuardrailRules> GUARDRAILS =
      Key.withDefault(
          "guardrails", GuardrailKeys.GUARDRAILS, Map.of(), "Checks before and after a cutover.");

  private static final Key<CriteriaRules> CRITERIA =
      Key.withDefault(
          "criteria",
          CriteriaKeys.CRITERIA,
          Map.of(),
          "When the migration is in trouble, and how fast people decide then.");

  private static final Key<CommunicationRules> COMMUNICATION =
      Key.withDefault(
          "communication",
          CommunicationKeys.COMMUNICATION,
          Map.of(),
          "Who is told what is going on, and how.");

  private static final Key<ContactRules> CONTACTS =
      Key.withDefault(
          "contacts",
          ContactKeys.CONTACTS,
          Map.of(),
          "Who is called when a decision is due, and how long people have before.");

  static final Block<Plan> PLAN =
      Block.of(
              List.of(
                  ID,
                  TITLE,
                  LOCALE,
                  SOURCE,
                  TARGET,
                  ACTIVE,
                  ROUTES,
                  ROLLBACK_WINDOW,
                  BUDGETS,
                  BLOCKERS,
                  PROBE,
                  APPROVALS,
                  STEPS,
                  CUTOVER,
                  CHECKS,
                  COPY,
                  PEOPLE,
                  GUARDRAILS,
                  READS,
                  DELTA,
                  CRITERIA,
                  COMMUNICATION,
                  CONTACTS),
              PlanKeys::plan)
          .checked(
              values -> {
                twoNodes(values);
                environments(values);
                routeNames(values);
                decidersAreCalled(values);
                mailsHaveAServer(values);
                probeHasAnEntrance(values);
              });

  private PlanKeys() {}

  private static Plan plan(Values values) {
    Environments turned =
        Environments.of(
            values.get(SOURCE), values.get(TARGET), values.get(ROUTES), values.get(ACTIVE));
    return ContentHash.fill(
        hash ->
            new Plan(
                values.get(ID),
                values.get(TITLE),
                values.get(LOCALE),
                turned.source(),
                turned.target(),
                turned.routes(),
                values.get(ROLLBACK_WINDOW),
                values.get(BUDGETS),
                values.get(BLOCKERS),
                values.get(PROBE),
                values.get(APPROVALS),
                values.get(STEPS),
                values.get(CUTOVER),
                values.get(CHECKS),
                values.get(COPY),
                values.get(PEOPLE),
                values.get(GUARDRAILS),
                values.get(READS),
                values.get(DELTA),
                values.get(CRITERIA),
                values.get(COMMUNICATION),
                values.get(CONTACTS),
                hash));
  }

  private static Map<String, Locale> locales() {
    Map<String, Locale> locales = new LinkedHashMap<>();
    locales.put("en", Locale.ENGLISH);
    locales.put("fr", Locale.FRENCH);
    return locales;
  }

  private static void twoNodes(Values values) {
    if (values.find(SOURCE).isEmpty() || values.find(TARGET).isEmpty()) {
      return;
    }
    Endpoint source = values.get(SOURCE).address();
    if (SameAddress.same(source, values.get(TARGET).address())) {
      values.error(
          "target.host", "is the same server as the source: " + source, "another server", "");
    }
  }

  private static void environments(Values values) {
    if (values.find(SOURCE).isPresent() && values.find(TARGET).isPresent()) {
      Environments.wrong(
              values.get(SOURCE), values.get(TARGET), values.find(ACTIVE).flatMap(name -> name))
          .ifPresent(
              why -> values.error("active", why, "two names, and one of them as active", ""));
    }
  }

  private static void decidersAreCalled(Values values) {
    if (values.find(CONTACTS).isEmpty() || values.find(APPROVALS).isEmpty()) {
      return;
    }
    List<String> deciding = values.get(APPROVALS).roles();
    List<Chain> chains = values.get(CONTACTS).chains();
    for (int index = 0; index < chains.size(); index++) {
      if (!deciding.contains(chains.get(index).role())) {
        values.error(
            "contacts.escalation[" + index + "].role",
            "is " + Shown.quoted(chains.get(index).role()) + ", which may not decide",
            "one of approvals.roles: " + String.join(", ", deciding),
            "");
      }
    }
  }

  private static void mailsHaveAServer(Values values) {
    if (values.find(CONTACTS).isEmpty() || values.find(COMMUNICATION).isEmpty()) {
      return;
    }
    List<Contact> people = values.get(CONTACTS).onCall();
    for (int index = 0; index < people.size(); index++) {
      if (people.get(index).mail().isPresent() && values.get(COMMUNICATION).mail().isEmpty()) {
        values.error(
            "contacts.onCall[" + index + "].mail",
            "is an address, but communication.mail names no server",
            "a server in communication.mail",
            "");
      }
    }
  }

  private static void probeHasAnEntrance(Values values) {
    boolean probed =
        values
            .find(CRITERIA)
            .filter(criteria -> criteria.metrics() instanceof CriteriaRules.Probed)
            .isPresent();
    if (probed
        && values.find(ROUTES).isPresent()
        && values.get(ROUTES).stream().noneMatch(route -> route.endpoint().isPresent())) {
      values.error(
          "criteria.metrics.type",
          "is probe, but no route says where applications connect",
          "a route with an endpoint",
          "");
    }
  }

  private static void routeNames(Values values) {
    List<RouteSpec> routes = values.find(ROUTES).orElse(List.of());
    Set<String> names = new HashSet<>();
    for (int index = 0; index < routes.size(); index++) {
      String name = routes.get(index).name();
      if (!names.add(name)) {
        values.error(
            "routes[" + index + "].name",
            "is the same as that of another route: " + Shown.quoted(name),
            "a name of its own",
            "");
      }
    }
  }
}
