package dev.repli.delta.conflict;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the decisions about conflicts. */
@Configuration(proxyBeanMethods = false)
class ConflictConfiguration {
  @Bean
  CaseBook caseBook(ConflictCases cases, Plans plans) {
    return new CaseBook(cases, plans);
  }

  @Bean
  ConflictDesk conflictDesk(
      HeldGroups held,
      ConflictNode node,
      ObjectProvider<Admission> admission,
      Journal journal,
      ObjectProvider<Clock> clock) {
    return new ConflictDesk(
        held,
        node,
        admission.getIfAvailable(() -> Admission.NOT_NEEDED),
        journal,
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  CountConflicts countConflicts(CaseBook book, ConflictDesk desk, Journal journal) {
    return new CountConflicts(book, desk, journal);
  }

  @Bean
  ProposeRule proposeRule(
      HeldGroups held,
      ConflictCases cases,
      ConflictRules rules,
      Approvals approvals,
      Fingerprints fingerprints) {
    return new ProposeRule(held, cases, rules, approvals, fingerprints);
  }

  @Bean
  ApplyRule applyRule(
      HeldGroups held, ConflictNode node, ConflictDesk desk, Approvals approvals, Journal journal) {
    return new ApplyRule(held, node, desk, approvals, journal);
  }

  @Bean
  RunRules runRules(CaseBook book, ConflictRules rules, ApplyRule apply) {
    return new RunRules(book, rules, apply);
  }
}
