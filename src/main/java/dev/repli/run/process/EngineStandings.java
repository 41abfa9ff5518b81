package dev.repli.run.process;

import dev.repli.engine.AsRepli;
import dev.repli.run.Runs.Run;
import dev.repli.run.Standings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.FlowElement;

/** Open tasks and timers of a run's process instance and of those that it called. */
final class EngineStandings implements Standings {
  private final ProcessEngine engine;
  private final AsRepli asRepli;

  EngineStandings(ProcessEngine engine, AsRepli asRepli) {
    this.engine = engine;
    this.asRepli = asRepli;
  }

  @Override
  public Standing of(Run run) {
    return asRepli.call(() -> look(run.processInstanceId()));
  }

  private Standing look(String instance) {
    List<OpenTask> tasks = new ArrayList<>();
    List<Timer> timers = new ArrayList<>();
    List<String> family =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .rootProcessInstanceId(instance)
            .list()
            .stream()
            .map(Execution::getId)
            .toList();
    for (String member : family) {
      engine.getTaskService().createTaskQuery().processInstanceId(member).list().stream()
          .map(this::task)
          .forEach(tasks::add);
      engine
          .getManagementService()
          .createJobQuery()
          .processInstanceId(member)
          .timers()
          .active()
          .list()
          .stream()
          .flatMap(this::timer)
          .forEach(timers::add);
    }
    tasks.sort(Comparator.comparing(OpenTask::since));
    timers.sort(Comparator.comparing(Timer::due));
    return new Standing(tasks, timers);
  }

  private OpenTask task(Task task) {
    List<String> candidates =
        engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
            .filter(link -> "candidate".equals(link.getType()))
            .map(EngineStandings::who)
            .sorted()
            .toList();
    return new OpenTask(
        task.getId(),
        task.getName() == null ? task.getTaskDefinitionKey() : task.getName(),
        Optional.ofNullable(task.getAssignee()),
        candidates,
        task.getCreateTime().toInstant(),
        Optional.ofNullable(task.getDueDate()).map(Date::toInstant));
  }

  private static String who(IdentityLink link) {
    return link.getGroupId() == null ? link.getUserId() : link.getGroupId();
  }

  /** One that was deployed anew since may be unknown; then there is nothing to tell. */
  private Stream<Timer> timer(Job job) {
    if (job.getDuedate() == null) {
      return Stream.empty();
    }
    return Optional.ofNullable(
        engine
            .getManagementService()
            .createJobDefinitionQuery()
            .jobDefinitionId(job.getJobDefinitionId())
            .singleResult())
        .map(definition -> name(job.getProcessDefinitionId(), definition.getActivityId()))
        .map(name -> new Timer(name, job.getDuedate().toInstant()))
        .stream();
  }

  private String name(String definition, String activity) {
    FlowElement element =
        engine
            .getRepositoryService()
            .getBpmnModelInstance(definition)
            .getModelElementById(activity);
    return element == null || element.getName() == null ? activity : element.getName();
  }
}
