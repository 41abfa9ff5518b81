package dev.repli.run.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.camunda.bpm.engine.task.Task;

/** What the engine knows of a run's process instance and of the processes that it called. */
final class InstanceState {
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final HistoryService history;

  InstanceState(RuntimeService runtime, TaskService tasks, HistoryService history) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.history = history;
  }

  boolean isActive(String instance) {
    return runtime.createProcessInstanceQuery().processInstanceId(instance).count() > 0;
  }

  /** It is active and lets no other run of its plan start. */
  boolean holdsPlan(String instance) {
    boolean released =
        runtime
                .createVariableInstanceQuery()
                .processInstanceIdIn(instance)
                .variableName(StartVariables.PLAN_RELEASED.name())
                .variableValueEquals(StartVariables.PLAN_RELEASED.name(), true)
                .count()
            > 0;
    return isActive(instance) && !released;
  }

  /** Empty while it runs and after the engine's history was cleaned up. */
  Optional<Instant> endedAt(String instance) {
    return historic(instance).map(HistoricProcessInstance::getEndTime).map(Date::toInstant);
  }

  /** Name of the end event that the run reached, or how else it ended. */
  Optional<String> result(String instance) {
    return historic(instance)
        .filter(found -> found.getEndTime() != null)
        .map(
            found ->
                HistoricProcessInstance.STATE_COMPLETED.equals(found.getState())
                    ? lastEndEvent(instance)
                    : "Deleted in the engine: " + reason(found));
  }

  boolean isLate(String instance) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(StartVariables.LATE.name())
        .list()
        .stream()
        .anyMatch(found -> Boolean.TRUE.equals(found.getValue()));
  }

  /** Open tasks by their names, then the other steps that the run is at. */
  List<String> waitingFor(String instance) {
    List<String> names = new ArrayList<>();
    List<String> family =
        runtime.createProcessInstanceQuery().rootProcessInstanceId(instance).list().stream()
            .map(Execution::getId)
            .toList();
    for (String member : family) {
      tasks.createTaskQuery().processInstanceId(member).list().stream()
          .map(Task::getName)
          .forEach(names::add);
    }
    for (String member : family) {
      ActivityInstance tree = runtime.getActivityInstance(member);
      if (tree != null) {
        steps(tree).forEach(names::add);
      }
    }
    return names.stream().distinct().toList();
  }

  /** User tasks have better names as tasks, and a call is told by the process that it called. */
  private static Stream<String> steps(ActivityInstance at) {
    Stream<String> entering =
        Stream.of(at.getChildTransitionInstances()).map(InstanceState::nameOf);
    if (at.getChildActivityInstances().length > 0) {
      return Stream.concat(
          entering, Stream.of(at.getChildActivityInstances()).flatMap(InstanceState::steps));
    }
    boolean namesItself =
        at.getParentActivityInstanceId() != null
            && at.getChildTransitionInstances().length == 0
            && !List.of("userTask", "callActivity").contains(at.getActivityType());
    return namesItself ? Stream.concat(entering, Stream.of(nameOf(at))) : entering;
  }

  private static String nameOf(TransitionInstance step) {
    return step.getActivityName() == null ? step.getActivityId() : step.getActivityName();
  }

  private static String nameOf(ActivityInstance step) {
    return step.getActivityName() == null ? step.getActivityId() : step.getActivityName();
  }

  private String lastEndEvent(String instance) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .finished()
        .orderPartiallyByOccurrence()
        .desc()
        .list()
        .stream()
        .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
        .findFirst()
        .map(InstanceState::nameOf)
        .orElse("Ended");
  }

  private static String nameOf(HistoricActivityInstance event) {
    return event.getActivityName() == null ? event.getActivityId() : event.getActivityName();
  }

  private static String reason(HistoricProcessInstance found) {
    return found.getDeleteReason() == null ? "no reason given" : found.getDeleteReason();
  }

  private Optional<HistoricProcessInstance> historic(String instance) {
    return Optional.ofNullable(
        history.createHistoricProcessInstanceQuery().processInstanceId(instance).singleResult());
  }
}
