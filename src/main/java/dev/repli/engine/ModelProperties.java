package dev.repli.engine;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;

/** Extension properties of an element of a model: what only Repli reads there. */
public record ModelProperties(Map<String, String> values) {

  public static ModelProperties of(BaseElement element) {
    return new ModelProperties(
        Stream.ofNullable(element.getExtensionElements())
            .flatMap(
                all -> all.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
            .flatMap(properties -> properties.getCamundaProperties().stream())
            .collect(Collectors.toMap(p -> p.getCamundaName(), p -> p.getCamundaValue())));
  }

  /**
   * @throws IllegalStateException when the model does not have it
   */
  public String get(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("the model lacks the extension property " + name));
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
