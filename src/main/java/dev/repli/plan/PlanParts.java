package dev.repli.plan;

/** A plan of which some parts change; the only place that copies one. */
final class PlanParts {
  private final Plan of;
  Node source;
  Node target;
  CriteriaRules criteria;
  CommunicationRules communication;
  ContactRules contacts;

  PlanParts(Plan of) {
    this.of = of;
    source = of.source();
    target = of.target();
    criteria = of.criteria();
    communication = of.communication();
    contacts = of.contacts();
  }

  Plan plan() {
    return new Plan(
        of.id(),
        of.title(),
        of.locale(),
        source,
        target,
        of.routes(),
        of.rollbackWindow(),
        of.budgets(),
        of.blockers(),
        of.probe(),
        of.approvals(),
        of.steps(),
        of.cutover(),
        of.checks(),
        of.copy(),
        of.people(),
        of.guardrails(),
        of.reads(),
        of.delta(),
        criteria,
        communication,
        contacts,
        of.contentHash());
  }
}
