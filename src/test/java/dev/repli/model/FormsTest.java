package dev.repli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form shows its facts first, then asks one question, whose answers the next gateway knows.
 */
class FormsTest {
  private static final Models MODELS = Models.read();
  private static final int NEWEST_SCHEMA_OF_TASKLIST = 16;
  private static final Pattern COMPARED = Pattern.compile("(\\w+Answer) == '(\\w+)'");

  /** A task with its form and its extension properties. */
  private record Question(String process, UserTask task, Map<String, String> properties) {
    String form() {
      return task.getCamundaFormRef();
    }

    boolean isApproval() {
      return properties.containsKey("repli.approval");
    }

    @Override
    public String toString() {
      return process + ", " + task.getId();
    }
  }

  static Stream<Question> questions() {
    return MODELS.processes().entrySet().stream()
        .flatMap(
            model ->
                Bpmn.readModelFromStream(
                        new ByteArrayInputStream(model.getValue().getBytes(StandardCharsets.UTF_8)))
                    .getModelElementsByType(UserTask.class)
                    .stream()
                    .map(task -> new Question(model.getKey(), task, properties(task))));
  }

  private static Map<String, String> properties(UserTask task) {
    return Stream.ofNullable(task.getExtensionElements())
        .flatMap(
            all -> all.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
        .flatMap(all -> all.getCamundaProperties().stream())
        .collect(
            Collectors.toMap(CamundaProperty::getCamundaName, CamundaProperty::getCamundaValue));
  }

  static Stream<Question> approvals() {
    return questions().filter(Question::isApproval);
  }

  static Set<String> forms() {
    return MODELS.forms().keySet();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hasTheIdOfItsFileAndASchemaThatTasklistShows(String form) {
    JsonNode root = MODELS.forms().get(form);

    assertThat(root.path("id").asText()).isEqualTo(form).matches("[a-z]+(-[a-z]+)*");
    assertThat(root.path("schemaVersion").asInt()).isEqualTo(NEWEST_SCHEMA_OF_TASKLIST);
    assertThat(questions().map(Question::form)).as("used by a task").contains(form);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void showsFactsFirstThenAsksOneQuestion(String form) {
    List<String> types =
        MODELS.components(form).map(component -> component.path("type").asText()).toList();

    assertThat(types).filteredOn("radio"::equals).hasSize(1);
    assertThat(types.get(0)).isEqualTo("text");
    assertThat(types.subList(0, types.indexOf("radio")))
        .isSubsetOf("text", "textarea", "textfield");
    assertThat(MODELS.components(form).filter(c -> c.path("type").asText().equals("radio")))
        .allMatch(question -> question.path("validate").path("required").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("questions")
  void offersTheAnswersThatTheModelKnows(Question question) {
    String model = MODELS.processes().get(question.process());
    List<String> keys = MODELS.writableKeys(question.form());
    String key = keys.stream().filter(k -> k.endsWith("Answer")).findFirst().orElseThrow();
    List<String> offered = MODELS.answers(question.form(), key);

    assertThat(offered).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    assertThat(offered).as("answers that gateways compare").containsAll(compared(model, key));
    if (!question.isApproval() && question.properties().containsKey("repli.answers")) {
      assertThat(question.properties().get("repli.answer")).isEqualTo(key);
      assertThat(offered).containsExactly(question.properties().get("repli.answers").split(","));
      assertThat(keys).contains(question.properties().get("repli.reason"));
    }
  }

  /** A refusal names the field as the person sees it. */
  @ParameterizedTest
  @MethodSource("forms")
  void labelsWhatPeopleFillAndWhatTheyChoose(String form) {
    List<JsonNode> filled =
        MODELS.components(form).filter(component -> component.has("key")).toList();

    assertThat(filled)
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.path("label").asText()).as("%s", field).isNotBlank());
    assertThat(filled)
        .flatExtracting(field -> field.path("values").findValues("value"))
        .hasSameSizeAs(
            filled.stream()
                .flatMap(field -> field.path("values").findValuesAsText("label").stream())
                .filter(label -> !label.isBlank())
                .toList());
    assertThat(filled.stream().map(field -> field.path("label").asText()))
        .as("shown as they are: no expressions")
        .noneMatch(label -> label.startsWith("=") || label.contains("{{"));
  }

  private static List<String> compared(String model, String key) {
    List<String> values = new ArrayList<>();
    Matcher matcher = COMPARED.matcher(model);
    while (matcher.find()) {
      if (matcher.group(1).equals(key)) {
        values.add(matcher.group(2));
      }
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("approvals")
  void approvalIsBoundToAFingerprintAndAskedOfApprovers(Question approval) {
    String question = approval.properties().get("repli.approval");
    JsonNode fingerprint =
        MODELS
            .components(approval.form())
            .filter(field -> field.path("key").asText().equals("fingerprint"))
            .findFirst()
            .orElseThrow();

    assertThat(fingerprint.path("readonly").asBoolean()).as("sent, but not changed").isTrue();
    assertThat(fingerprint.path("disabled").asBoolean()).isFalse();
    assertThat(MODELS.answers(approval.form(), question + "Answer"))
        .containsExactly("approve", "reject");
    assertThat(MODELS.writableKeys(approval.form())).contains(question + "Reason");
    assertThat(approval.task().getCamundaCandidateGroupsList()).containsExactly("approvers");
  }

  /** Else the second form arrives filled with the first person's answer. */
  @Test
  void approvalsShareNoField() {
    List<String> keys =
        approvals()
            .map(Question::form)
            .distinct()
            .flatMap(f -> MODELS.writableKeys(f).stream())
            .toList();

    // two runbooks may ask the same question
    assertThat(
            approvals()
                .map(q -> Map.entry(q.form(), q.properties()))
                .distinct()
                .map(Map.Entry::getKey))
        .doesNotHaveDuplicates();
    assertThat(keys).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void secondApprovalsNameTheFirst() {
    List<String> questions =
        questions()
            .flatMap(
                q ->
                    Stream.of(
                        q.properties().get("repli.approval"), q.properties().get("repli.proposal")))
            .filter(Objects::nonNull)
            .toList();

    assertThat(approvals().map(a -> a.properties().get("repli.secondOf")).filter(Objects::nonNull))
        .isNotEmpty()
        .isSubsetOf(questions);
  }
}
