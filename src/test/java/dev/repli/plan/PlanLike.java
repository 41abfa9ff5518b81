package dev.repli.plan;

import java.util.List;

/** A plan for a test, like another one but for some parts. */
public final class PlanLike {
  private final Plan of;
  private PlanId id;
  private Node source;
  private Node target;
  private List<RouteSpec> routes;
  private WriteProbe probe;
  private List<Decider> people;
  private ReadRules reads;
  private DeltaRules delta;

  private PlanLike(Plan of) {
    this.of = of;
    id = of.id();
    source = of.source();
    target = of.target();
    routes = of.routes();
    probe = of.probe();
    people = of.people();
    reads = of.reads();
    delta = of.delta();
  }

  public static PlanLike of(Plan other) {
    return new PlanLike(other);
  }

  public PlanLike called(PlanId name) {
    id = name;
    return this;
  }

  public PlanLike between(Node from, Node to) {
    source = from;
    target = to;
    return this;
  }

  public PlanLike through(List<RouteSpec> others) {
    routes = others;
    return this;
  }

  public PlanLike probedBy(WriteProbe other) {
    probe = other;
    return this;
  }

  public PlanLike decidedBy(List<Decider> others) {
    people = others;
    return this;
  }

  public PlanLike reading(ReadRules other) {
    reads = other;
    return this;
  }

  public PlanLike carrying(DeltaRules other) {
    delta = other;
    return this;
  }

  public Plan plan() {
    return new Plan(
        id,
        of.title(),
        of.locale(),
        source,
        target,
        routes,
        of.rollbackWindow(),
        of.budgets(),
        of.blockers(),
        probe,
        of.approvals(),
        of.steps(),
        of.cutover(),
        of.checks(),
        of.copy(),
        people,
        of.guardrails(),
        reads,
        delta,
        of.criteria(),
        of.communication(),
        of.contacts(),
        of.contentHash());
  }
}
