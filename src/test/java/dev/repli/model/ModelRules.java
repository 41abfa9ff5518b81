package dev.repli.model;

import dev.repli.longwork.LongWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** The house rules for BPMN; each violation names the model, the element and the rule. */
final class ModelRules {
  /** The one process without save points: a job hand-over would lengthen the write outage. */
  private static final String CRITICAL_SECTION = "WriterSwitchProcess";

  private static final Pattern BEAN = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern CALL = Pattern.compile("\\w\\s*[(.]");
  private static final Pattern UNWANTED_WORDS =
      Pattern.compile("(?i).*\\b(handle|process|manage|delegate)\\b.*");
  private static final Set<String> GROUPS =
      Set.of("operators", "approvers", "communication", "managers");

  private final Models models;
  private final ModelBeans beans;
  private final String name;
  private final BpmnModelInstance model;
  private final List<String> violations = new ArrayList<>();

  ModelRules(Models models, ModelBeans beans, String name, BpmnModelInstance model) {
    this.models = models;
    this.beans = beans;
    this.name = name;
    this.model = model;
  }

  List<String> violations() {
    rootRules();
    names();
    ids();
    code();
    gateways();
    tasksOfPeople();
    savePoints();
    references();
    violations.addAll(new PictureRules(name, model).violations());
    return violations;
  }

  private void rootRules() {
    Process process = all(Process.class).iterator().next();
    check(process.getId().equals(name), process.getId(), "has the id of its file");
    check(process.isExecutable(), name, "is executable");
    check(process.getCamundaHistoryTimeToLiveString() != null, name, "has historyTimeToLive");
  }

  private void names() {
    for (FlowElement element : all(FlowElement.class)) {
      boolean silent =
          element instanceof SequenceFlow
              || (element instanceof StartEvent start && isInEmbeddedSubProcess(start));
      check(silent || !text(element.getName()).isBlank(), element.getId(), "has a name");
      check(
          !UNWANTED_WORDS.matcher(text(element.getName())).matches(),
          element.getId(),
          "has words of the runbook");
    }
    for (ExclusiveGateway gateway : all(ExclusiveGateway.class)) {
      boolean splits = gateway.getOutgoing().size() > 1;
      check(!splits || text(gateway.getName()).endsWith("?"), gateway.getId(), "is a question");
    }
  }

  private static boolean isInEmbeddedSubProcess(StartEvent start) {
    return start.getParentElement() instanceof SubProcess parent && !parent.triggeredByEvent();
  }

  private void ids() {
    each(Task.class, "starts with Task_", task -> task.getId().startsWith("Task_"));
    each(CallActivity.class, "starts with Task_", call -> call.getId().startsWith("Task_"));
    each(Gateway.class, "starts with Gateway_", gate -> gate.getId().startsWith("Gateway_"));
    each(Event.class, "starts with Event_", event -> event.getId().startsWith("Event_"));
    each(SequenceFlow.class, "starts with Flow_", flow -> flow.getId().startsWith("Flow_"));
    each(Error.class, "starts with Err_", error -> error.getId().startsWith("Err_"));
    each(Message.class, "starts with Msg_", message -> message.getId().startsWith("Msg_"));
  }

  /** No code in models, and every bean that they name is there. */
  private void code() {
    each(ScriptTask.class, "is no script", script -> false);
    for (ServiceTask task : all(ServiceTask.class)) {
      boolean external = "external".equals(task.getCamundaType());
      check(
          external
              ? beans.has(text(task.getCamundaTopic()), LongWork.class)
              : isBean(task.getCamundaDelegateExpression(), JavaDelegate.class),
          task.getId(),
          external ? "names long work that is there" : "names a delegate that is there");
      check(!external || task.isCamundaAsyncAfter(), task.getId(), "saves after long work");
      check(task.getCamundaClass() == null, task.getId(), "names no class");
      check(task.getCamundaExpression() == null, task.getId(), "has no expression");
      check(task.getCamundaType() == null || external, task.getId(), "has no type of its own");
    }
    for (CamundaExecutionListener listener : all(CamundaExecutionListener.class)) {
      check(
          isBean(listener.getCamundaDelegateExpression(), ExecutionListener.class),
          "listener " + listener.getCamundaDelegateExpression(),
          "is an execution listener that is there");
    }
    for (CamundaTaskListener listener : all(CamundaTaskListener.class)) {
      check(
          isBean(listener.getCamundaDelegateExpression(), TaskListener.class),
          "listener " + listener.getCamundaDelegateExpression(),
          "is a task listener that is there");
    }
    for (ConditionExpression condition : all(ConditionExpression.class)) {
      String expression = condition.getTextContent().replaceAll("'[^']*'", "''");
      check(
          condition.getLanguage() == null && !CALL.matcher(expression).find(),
          ((SequenceFlow) condition.getParentElement()).getId(),
          "compares variables and calls nothing");
    }
  }

  private boolean isBean(@Nullable String expression, Class<?> type) {
    var matcher = BEAN.matcher(text(expression));
    return matcher.matches() && beans.has(matcher.group(1), type);
  }

  private void gateways() {
    for (ExclusiveGateway gateway : all(ExclusiveGateway.class)) {
      if (gateway.getOutgoing().size() < 2) {
        continue;
      }
      check(gateway.getDefault() != null, gateway.getId(), "has a default flow");
      for (SequenceFlow flow : gateway.getOutgoing()) {
        boolean isDefault = flow.equals(gateway.getDefault());
        check(
            isDefault != (flow.getConditionExpression() != null),
            flow.getId(),
            "is the default or has a condition");
        check(!text(flow.getName()).isBlank(), flow.getId(), "carries its answer");
      }
    }
  }

  private void tasksOfPeople() {
    for (UserTask task : all(UserTask.class)) {
      String form = text(task.getCamundaFormRef());
      check(models.forms().containsKey(form), task.getId(), "has a form that is there: " + form);
      check(
          "deployment".equals(task.getCamundaFormRefBinding()),
          task.getId(),
          "binds its form by deployment");
      check(
          GROUPS.containsAll(task.getCamundaCandidateGroupsList())
              && !task.getCamundaCandidateGroupsList().isEmpty(),
          task.getId(),
          "is for a known group");
      check(task.getCamundaDueDate() != null, task.getId(), "has a due date");
      check(task.getName().contains("${"), task.getId(), "carries the incident in its name");
    }
  }

  private void savePoints() {
    each(UserTask.class, "saves after people answered", UserTask::isCamundaAsyncAfter);
    if (name.equals(CRITICAL_SECTION)) {
      return;
    }
    for (Class<? extends Activity> type :
        List.of(ServiceTask.class, BusinessRuleTask.class, CallActivity.class)) {
      each(type, "saves before it begins", Activity::isCamundaAsyncBefore);
    }
    for (TimerEventDefinition timer : all(TimerEventDefinition.class)) {
      Event event = (Event) timer.getParentElement();
      check(
          "100"
              .equals(
                  event.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "jobPriority")),
          event.getId(),
          "has priority 100 before other jobs");
    }
  }

  private void references() {
    for (CallActivity call : all(CallActivity.class)) {
      check(
          models.processes().containsKey(text(call.getCalledElement())),
          call.getId(),
          "calls a process that is there");
      check(
          "deployment".equals(call.getCamundaCalledElementBinding()),
          call.getId(),
          "binds its process by deployment");
    }
    for (BusinessRuleTask task : all(BusinessRuleTask.class)) {
      check(
          models.decisions().containsKey(text(task.getCamundaDecisionRef())),
          task.getId(),
          "evaluates a table that is there");
    }
    each(
        Error.class,
        "is a constant of the process class",
        error -> beans.declares(error.getErrorCode()));
    each(
        Message.class,
        "is a constant of the process class",
        message -> beans.declares(message.getName()));
    each(EndEvent.class, "ends nothing that goes on", end -> end.getOutgoing().isEmpty());
  }

  private <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return model.getModelElementsByType(type);
  }

  private <T extends ModelElementInstance> void each(
      Class<T> type, String rule, Predicate<? super T> holds) {
    for (T element : all(type)) {
      check(holds.test(element), text(element.getAttributeValue("id")), rule);
    }
  }

  private void check(boolean holds, String element, String rule) {
    if (!holds) {
      violations.add(name + ", " + element + ": " + rule);
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
