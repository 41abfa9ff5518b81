package dev.repli.logical;

import dev.repli.database.Databases;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.TimedRows;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictCases;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportLook;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.delta.imports.TableColumns;
import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.stream.EndStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plans;
import dev.repli.rollback.Looks;
import dev.repli.rollback.StepJournal;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way back with a delta. */
@Configuration(proxyBeanMethods = false)
class LogicalConfiguration {

  @Bean
  CutoverMark cutoverMark(ObjectProvider<Runs> runs, Journal journal) {
    return new CutoverMark(runs::getObject, journal);
  }

  @Bean
  FoundByTime foundByTime(
      TimedRows rows, CutoverMark mark, DeltaFiles files, CarriedJournal journal) {
    return new FoundByTime(rows, mark, files, journal);
  }

  @Bean
  EarlierImports earlierImports(CutoverMark mark, CarriedJournal journal) {
    return new EarlierImports(mark, journal);
  }

  @Bean
  RepeatedWork seeingToSources(
      Plans plans,
      ObjectProvider<Runs> runs,
      Journal journal,
      WorkRecords works,
      Looks looks,
      CutoverMark mark,
      EarlierImports imports,
      OrderStream order,
      ObjectProvider<Clock> clock) {
    SourceLeftBehind left =
        new SourceLeftBehind(
            plans,
            runs::getObject,
            journal,
            works,
            plan -> looks.connect(plan, plan.source()),
            mark,
            imports,
            new StreamLeftBehind(journal, order, imports),
            clock(clock));
    return new RepeatedWork("sources-left-behind").every(Duration.ofSeconds(5), left::tick);
  }

  @Bean
  NoStreamBeside noStreamBeside(ObjectProvider<Runs> runs, Journal journal) {
    return new NoStreamBeside(runs::getObject, journal);
  }

  @Bean
  AdmitDecisions admitDecisions(
      Databases databases,
      ConflictCases cases,
      Plans plans,
      ObjectProvider<Runs> runs,
      Journal journal) {
    return new AdmitDecisions(databases, cases, plans, runs::getObject, journal);
  }

  @Bean
  CheckSource checkSource(
      Looks looks,
      CutoverMark mark,
      DeltaSource changes,
      FoundByTime byTime,
      EarlierImports earlier,
      CarriedJournal delta,
      CheckImport imports,
      StepJournal journal) {
    return new CheckSource(looks, mark, changes, byTime, earlier, delta, imports, journal);
  }

  @Bean
  CheckImport checkImport(ImportLook look, TableColumns columns) {
    return new CheckImport(look, columns);
  }

  @Bean
  LogicalTime logicalTime(DeltaPace pace) {
    return new LogicalTime(pace);
  }

  @Bean
  LogicalWay logicalWay(CheckSource check, LogicalTime time) {
    return new LogicalWay(check, time);
  }

  @Bean
  PaceClock paceClock(DeltaPace pace, ObjectProvider<Clock> clock) {
    return new PaceClock(pace, clock(clock), System::nanoTime);
  }

  @Bean
  Imports imports(ImportTarget target, ConflictDesk desk, CaseBook book, Journal journal) {
    return new Imports(target, desk, book, journal);
  }

  private static Clock clock(ObjectProvider<Clock> clock) {
    return clock.getIfAvailable(Clock::systemUTC);
  }

  @Bean
  ImportDelta importDelta(ImportTarget target, HeldChanges held) {
    return new ImportDelta(target, held, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  @Bean
  DeltaCarrier deltaCarrier(
      DeltaSource source, ImportDelta importDelta, Imports imports, Journal journal) {
    return new DeltaCarrier(source, importDelta, imports, journal);
  }

  @Bean
  CarriedJournal carriedJournal(Journal journal, ObjectProvider<Clock> clock) {
    return new CarriedJournal(journal, clock(clock));
  }

  @Bean
  DeltaRounds deltaRounds(
      Looks looks,
      DeltaSource source,
      DeltaFiles files,
      CarriedJournal journal,
      CutoverMark mark,
      FoundByTime byTime,
      EarlierImports earlier,
      PaceClock pace,
      @Value("${repli.data-dir}") Path dataDirectory) {
    return new DeltaRounds(
        looks, source, files, journal, mark, byTime, earlier, pace, dataDirectory.resolve("delta"));
  }

  @Bean
  TablePolicies tablePolicies(
      Looks looks, CutoverMark mark, Imports imports, ChoosePolicies decisions, Journal journal) {
    return new TablePolicies(looks, mark, imports, decisions, journal);
  }

  @Bean
  LookAtDelta lookAtDelta(
      DeltaRounds rounds,
      Imports imports,
      TablePolicies policies,
      CarriedJournal journal,
      WorkRecords works) {
    return new LookAtDelta(rounds, imports, policies, journal, new FilesElsewhere(journal, works));
  }

  @Bean
  CarryDelta carryDelta(
      Looks looks,
      DeltaRounds rounds,
      ImportDelta importDelta,
      Imports imports,
      CutoverMark mark,
      CarriedJournal journal,
      EndStream stream,
      PaceClock pace) {
    return new CarryDelta(looks, rounds, importDelta, imports, mark, journal, stream, pace);
  }

  @Bean
  ListDelta listDelta(
      Looks looks,
      Databases databases,
      CheckSource check,
      CutoverMark mark,
      EarlierImports earlier,
      ImportLook imports,
      ChoosePolicies decisions,
      EndStream stream,
      Journal journal,
      @Value("${repli.data-dir}") Path dataDirectory) {
    ListedPolicies policies = new ListedPolicies(looks, mark, imports, decisions);
    return new ListDelta(
        looks,
        databases,
        check,
        mark,
        earlier,
        policies,
        stream::wanted,
        journal,
        dataDirectory.resolve("delta"));
  }
}
