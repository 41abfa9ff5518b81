package dev.repli.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.engine.EngineTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class NoCodeInModelsTest {
  private static final String MODEL =
      """
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="x">
        <bpmn:process id="Code" isExecutable="true" camunda:historyTimeToLive="P1D">
          <bpmn:startEvent id="s"/>
          <bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t">%s</bpmn:sequenceFlow>
          %s
        </bpmn:process>
      </bpmn:definitions>
      """;

  @Autowired private ProcessEngine engine;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<bpmn:scriptTask id='t' scriptFormat='juel'><bpmn:script>${1}</bpmn:script></bpmn:scriptTask>",
        "<bpmn:serviceTask id='t' camunda:class='java.lang.Object'/>",
        "<bpmn:serviceTask id='t' camunda:type='shell'><bpmn:extensionElements>"
            + "<camunda:field name='command' stringValue='ls'/></bpmn:extensionElements></bpmn:serviceTask>",
        "<bpmn:manualTask id='t'><bpmn:extensionElements><camunda:executionListener event='start'>"
            + "<camunda:script scriptFormat='juel'>${1}</camunda:script>"
            + "</camunda:executionListener></bpmn:extensionElements></bpmn:manualTask>",
        "<bpmn:serviceTask id='t' camunda:expression='${1}'><bpmn:extensionElements>"
            + "<camunda:inputOutput><camunda:inputParameter name='x'>"
            + "<camunda:script scriptFormat='juel'>${1}</camunda:script></camunda:inputParameter>"
            + "</camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>",
        "<bpmn:userTask id='t'><bpmn:extensionElements>"
            + "<camunda:taskListener event='create' class='java.lang.Object'/>"
            + "</bpmn:extensionElements></bpmn:userTask>"
      })
  void refusesModelsThatBringCode(String element) {
    assertThatThrownBy(() -> deploy(MODEL.formatted("", element)))
        .hasMessageContaining("the model is refused");
  }

  @Test
  void refusesAConditionInAScriptLanguage() {
    String condition =
        "<bpmn:conditionExpression xsi:type='bpmn:tFormalExpression' language='juel'>${true}"
            + "</bpmn:conditionExpression>";

    assertThatThrownBy(() -> deploy(MODEL.formatted(condition, "<bpmn:manualTask id='t'/>")))
        .hasMessageContaining("the model is refused");
  }

  @Test
  void knowsNoScriptLanguageAtAll() {
    var scripts =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
            .getScriptEngineResolver();

    assertThat(scripts.getScriptEngine("juel", false)).isNull();
    assertThat(scripts.getScriptEngine("JavaScript", true)).isNull();
  }

  private void deploy(String model) {
    engine.getRepositoryService().createDeployment().addString("code.bpmn", model).deploy();
  }
}
