package dev.repli.cutover;

import dev.repli.approval.ApprovalLock;
import dev.repli.certificate.ProveWayBack;
import dev.repli.comparison.BackgroundComparisons;
import dev.repli.comparison.TableComparison;
import dev.repli.database.Databases;
import dev.repli.guardrail.Guardrails;
import dev.repli.journal.Journal;
import dev.repli.rollback.FindWriter;
import dev.repli.rollback.Looks;
import dev.repli.rollback.PlanChecks;
import dev.repli.rollback.ReverseStream;
import dev.repli.route.Routes;
import dev.repli.run.Runs;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the use cases of the cutover. */
@Configuration(proxyBeanMethods = false)
class CutoverConfiguration {
  private final Clock clock;

  CutoverConfiguration(ObjectProvider<Clock> clock) {
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @Bean
  CutoverJournal cutoverJournal(Journal journal) {
    return new CutoverJournal(journal);
  }

  @Bean
  CompareRows compareRows(
      TableComparison comparisons, BackgroundComparisons background, CutoverJournal own) {
    return new CompareRows(comparisons, background, own, clock);
  }

  /** The rows are compared in the direction of the way back. */
  @Bean
  WatchCriterion rowsCriterion(BackgroundComparisons background) {
    return new CompareAfterwards(background);
  }

  @Bean
  CheckGuardrails checkGuardrails(
      Looks looks, ObjectProvider<Guardrails> guardrails, CutoverJournal own) {
    return new CheckGuardrails(looks, Optional.ofNullable(guardrails.getIfAvailable()), own);
  }

  @Bean
  ApprovalLock guardrailLock(CutoverJournal own) {
    return new GuardrailLock(own);
  }

  @Bean
  AnnounceCutover announceCutover(
      Looks looks, Journal journal, CutoverJournal own, ObjectProvider<MeasureNormal> normal) {
    return new AnnounceCutover(
        looks, journal, own, normal.getIfAvailable(() -> MeasureNormal.NONE));
  }

  @Bean
  RouteLimits routeLimits(Routes routes, Journal journal, CutoverJournal own) {
    return new RouteLimits(routes, journal, own);
  }

  @Bean
  DrainSource drainSource(Looks looks, RouteLimits limits, CutoverJournal own) {
    return new DrainSource(looks, limits, own, clock);
  }

  @Bean
  RestoreLimits restoreLimits(RouteLimits limits, CutoverJournal own) {
    return new RestoreLimits(limits, own);
  }

  @Bean
  HuntClients huntClients(Looks looks, CutoverJournal own) {
    return new HuntClients(looks, own, clock);
  }

  @Bean
  VerifyCutover verifyCutover(
      Looks looks,
      PlanChecks checks,
      RouteLimits limits,
      Routes routes,
      ReverseStream stream,
      Journal journal,
      CutoverJournal own) {
    return new VerifyCutover(looks, checks, limits, new SaveRoutes(routes), stream, journal, own);
  }

  @Bean
  CloseCutover closeCutover(Journal journal) {
    return new CloseCutover(journal);
  }

  @Bean
  AnnounceReturn announceReturn(Journal journal) {
    return new AnnounceReturn(journal, clock);
  }

  /** The way back is proved again at each look. */
  @Bean
  WatchCriterion wayBackCriterion(ProveWayBack wayBack) {
    return (run, plan) -> wayBack.prove(run, plan, false).findings();
  }

  @Bean
  WatchCriterion guardrailsCriterion(ObjectProvider<Guardrails> guardrails) {
    return new WatchGuardrails(Optional.ofNullable(guardrails.getIfAvailable()), clock);
  }

  @Bean
  WatchCriterion planChecksCriterion(PlanChecks checks, Looks looks) {
    return (run, plan) ->
        looks
            .atNode(plan, plan.target(), target -> checks.queries(plan, target))
            .and(checks.http(plan));
  }

  @Bean
  LookAtCutover lookAtCutover(
      FindWriter writer,
      ObjectProvider<WatchCriterion> criteria,
      ObjectProvider<Runs> runs,
      CutoverJournal own) {
    return new LookAtCutover(
        writer, criteria.orderedStream().toList(), runs::getObject, own, clock);
  }

  @Bean
  ReleaseAssets releaseAssets(Databases databases, Journal journal, CutoverJournal own) {
    return new ReleaseAssets(databases, journal, own);
  }

  @Bean
  ConfirmUndone confirmUndone(
      Looks looks, RouteLimits limits, Databases databases, Journal journal, CutoverJournal own) {
    return new ConfirmUndone(looks, limits, databases, journal, own, clock);
  }
}
