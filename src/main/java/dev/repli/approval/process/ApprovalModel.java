package dev.repli.approval.process;

import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the user tasks that a model marks as approvals, and listens to them. */
@Component
class ApprovalModel extends AbstractBpmnParseListener {
  static final String QUESTION = "repli.approval";
  static final String SECOND_OF = "repli.secondOf";

  private final ApprovalAsked asked;
  private final ApprovalGiven given;

  ApprovalModel(ApprovalAsked asked, ApprovalGiven given) {
    this.asked = asked;
    this.given = given;
  }

  @Override
  public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
    String question = property(userTask, QUESTION);
    if (question == null) {
      return;
    }
    activity.setProperty(QUESTION, question);
    activity.setProperty(SECOND_OF, property(userTask, SECOND_OF));
    TaskDefinition task =
        ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, asked);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, given);
  }

  private static @Nullable String property(Element userTask, String name) {
    Element extensions = userTask.element("extensionElements");
    Element properties =
        extensions == null
            ? null
            : extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
    if (properties == null) {
      return null;
    }
    return properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").stream()
        .filter(property -> name.equals(property.attribute("name")))
        .map(property -> property.attribute("value"))
        .findFirst()
        .orElse(null);
  }
}
