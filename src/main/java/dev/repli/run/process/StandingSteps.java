package dev.repli.run.process;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps that the engine has given up after its tries, and that have no task which asks people: the
 * engine tells nobody of them. Here people are told, and the step is tried again after a while,
 * since what failed was often only away. Steps are safe to repeat.
 */
final class StandingSteps {
  private static final Logger LOG = LoggerFactory.getLogger(StandingSteps.class);
  private static final String STANDS = "STEP_STANDS";
  private static final String JOB = "job";
  private static final int MOST = 100;
  private static final int LONGEST = 300;
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(30);

  private final RuntimeService runtime;
  private final ManagementService jobs;
  private final RepositoryService models;
  private final Journal journal;
  private final Clock clock;

  StandingSteps(ProcessEngine engine, Journal journal, Clock clock) {
    this.runtime = engine.getRuntimeService();
    this.jobs = engine.getManagementService();
    this.models = engine.getRepositoryService();
    this.journal = journal;
    this.clock = clock;
  }

  /** The oldest first; a second Repli that does the same does no harm. */
  void tick() {
    runtime
        .createIncidentQuery()
        .incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
        .orderByIncidentTimestamp()
        .asc()
        .listPage(0, MOST)
        .forEach(this::look);
  }

  private void look(Incident incident) {
    // those of the callers only name the same cause once more
    if (!incident.getId().equals(incident.getCauseIncidentId())) {
      return;
    }
    try {
      run(incident).ifPresent(run -> tell(run, incident));
      Instant failed = incident.getIncidentTimestamp().toInstant();
      if (!clock.instant().isBefore(failed.plus(AGAIN))) {
        jobs.setJobRetries(incident.getConfiguration(), 1);
      }
    } catch (RuntimeException e) {
      // another Repli, or somebody in Cockpit, was faster
      LOG.warn("standing step {} was left alone: {}", incident.getActivityId(), e.getMessage());
    }
  }

  private Optional<RunKey> run(Incident incident) {
    return instance(incident.getProcessInstanceId())
        .map(ProcessInstance::getRootProcessInstanceId)
        .flatMap(this::instance)
        .map(ProcessInstance::getBusinessKey)
        .map(RunKey::new);
  }

  private Optional<ProcessInstance> instance(String id) {
    return Optional.ofNullable(
        runtime.createProcessInstanceQuery().processInstanceId(id).singleResult());
  }

  private void tell(RunKey run, Incident incident) {
    String job = incident.getConfiguration();
    Instant before = clock.instant().minus(TOLD_AGAIN);
    boolean told =
        journal.read(run).stream()
            .filter(entry -> entry.at().isAfter(before))
            .anyMatch(entry -> isAbout(job, entry));
    if (!told) {
      String text =
          "Step '%s' stands still: %s. Nobody is asked by a task; Repli tries it again every %d min. In Cockpit the run shows its error"
              .formatted(name(incident), words(incident), AGAIN.toMinutes());
      journal.append(
          run,
          new Milestone(
              STANDS, text, Map.of(JOB, job, "message", "step-stands", "step", name(incident))));
    }
  }

  private static boolean isAbout(String job, JournalEntry entry) {
    return entry.evidence() instanceof Milestone milestone
        && milestone.name().equals(STANDS)
        && job.equals(milestone.facts().get(JOB));
  }

  private String name(Incident incident) {
    ModelElementInstance element =
        models
            .getBpmnModelInstance(incident.getProcessDefinitionId())
            .getModelElementById(incident.getActivityId());
    return Optional.ofNullable(element)
        .map(found -> found.getAttributeValue("name"))
        .orElse(incident.getActivityId());
  }

  /** One line: what servers and libraries say may contain anything. */
  private static String words(Incident incident) {
    String said = Optional.ofNullable(incident.getIncidentMessage()).orElse("no error was kept");
    String line = said.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
  }
}
