package dev.repli.engine.hardening;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;
import org.springframework.stereotype.Component;

/**
 * Refuses models that bring code of their own: scripts of every kind, classes by name, operating
 * system commands. What a process does is written in delegates.
 */
@Component
class NoCodeInModels extends AbstractBpmnParseListener {
  private static final Namespace CAMUNDA =
      new Namespace("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");
  private static final Set<String> ELEMENTS = Set.of("scriptTask", "script");

  @Override
  public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
    check(root);
  }

  private static void check(Element element) {
    if (ELEMENTS.contains(element.getTagName())) {
      throw refused(element, "is a script");
    }
    if (element.getTagName().equals("conditionExpression")
        && element.attribute("language") != null) {
      throw refused(element, "is a condition in a script language");
    }
    // on elements of Camunda's own, as listeners are, the attribute stands without its namespace
    if (element.attributeNS(CAMUNDA, "class") != null || element.attribute("class") != null) {
      throw refused(element, "names a class; use camunda:delegateExpression");
    }
    String type = element.attributeNS(CAMUNDA, "type");
    if (type != null && (type.equals("shell") || type.equals("mail"))) {
      throw refused(element, "is a task of type " + type);
    }
    element.elements().forEach(NoCodeInModels::check);
  }

  private static ProcessEngineException refused(Element element, String why) {
    return new ProcessEngineException(
        "the model is refused: <"
            + element.getTagName()
            + "> at line "
            + element.getLine()
            + " "
            + why);
  }
}
