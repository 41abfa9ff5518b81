package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does the people's part over REST, as each person would in Tasklist, and always says yes. What
 * people have days for is left to them.
 */
final class People {
  /** The answers with which a rollback goes on. */
  private static final Set<String> YES =
      Set.of("GO", "ROLL_BACK", "START_NOW", "NOT_FIXED", "approve", "WORKS", "IMPORT", "APPLY");

  /** What a form asks beside its question, where the usual words are no answer. */
  private static final Map<String, String> WORDS = Map.of("deltaTables", "* = export-import");

  private static final String LEFT = "Write the post-mortem";

  private static final int MOST_TASKS = 10;

  private static final int SERVER_ERROR = 500;

  private final RepliApi api;
  private final List<DemoUser> workers;
  private final PrintStream out;

  People(Stage stage, PrintStream out) {
    this(stage.api(), stage.users(), out);
  }

  People(RepliApi api, List<DemoUser> users, PrintStream out) {
    this.api = api;
    this.workers =
        Stream.of("op1", "lead1", "pm1").map(name -> DemoUser.named(name, users)).toList();
    this.out = out;
  }

  /**
   * Does one task if there is one.
   *
   * @throws IOException when nobody of the demo can answer it, with the reason
   */
  void work() throws IOException {
    for (DemoUser worker : workers) {
      RepliApi.Answer tasks =
          api.get(
              worker,
              "/engine-rest/task?candidateUser=" + worker.name() + "&maxResults=" + MOST_TASKS);
      if (!tasks.ok()) {
        throw new IOException(worker.name() + " cannot read tasks: " + tasks.text());
      }
      for (JsonNode task : tasks.body()) {
        if (!task.path("name").asText().startsWith(LEFT)) {
          complete(worker, task);
          return;
        }
      }
    }
  }

  private void complete(DemoUser worker, JsonNode task) throws IOException {
    String path = "/engine-rest/task/" + task.path("id").asText();
    String name = task.path("name").asText();
    Map<String, Object> answers = answers(worker, path, name);
    must(name, worker, api.post(worker, path + "/claim", Map.of("userId", worker.name())));
    must(name, worker, submit(worker, path + "/submit-form", Map.of("variables", answers)));
    out.println("  " + worker.name() + " answered \"" + name + "\": " + chosen(answers));
  }

  /** The engine refuses an answer that comes while a timer of the same task works: once more. */
  private RepliApi.Answer submit(DemoUser worker, String path, Object body) throws IOException {
    RepliApi.Answer answer = api.post(worker, path, body);
    return answer.status() == SERVER_ERROR ? api.post(worker, path, body) : answer;
  }

  private Map<String, Object> answers(DemoUser worker, String path, String name)
      throws IOException {
    RepliApi.Answer form = api.get(worker, path + "/deployed-form");
    must(name, worker, form);
    RepliApi.Answer shown = api.get(worker, path + "/form-variables");
    must(name, worker, shown);
    if (!canSayYes(form.body())) {
      throw new IOException("\"" + name + "\" needs a person: " + evidence(shown.body()));
    }
    Map<String, Object> answers = new LinkedHashMap<>();
    for (JsonNode field : form.body().path("components")) {
      answer(field, shown.body())
          .ifPresent(value -> answers.put(field.path("key").asText(), Map.of("value", value)));
    }
    return answers;
  }

  /** Whatever of it this form shows. */
  private static String evidence(JsonNode shown) {
    return Stream.of("evidence", "certificate", "guardrails")
        .map(name -> shown.path(name).path("value").asText())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static boolean canSayYes(JsonNode form) {
    for (JsonNode field : form.path("components")) {
      if (field.has("values") && yes(field).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** What a form sends for a field: read-only fields as they were shown, the others filled in. */
  private static Optional<Object> answer(JsonNode field, JsonNode shown) {
    String words = WORDS.get(field.path("key").asText());
    if (words != null) {
      return Optional.of(words);
    }
    if (!field.has("key") || field.path("disabled").asBoolean() || onlyForNo(field)) {
      return Optional.empty();
    }
    if (field.path("readonly").asBoolean()) {
      JsonNode value = shown.path(field.path("key").asText()).path("value");
      return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }
    String same = field.path("properties").path("typedIs").asText();
    if (!same.isEmpty()) {
      return Optional.of(shown.path(same).path("value").asText());
    }
    return switch (field.path("type").asText()) {
      case "select", "radio" -> yes(field);
      case "checkbox" -> Optional.of(true);
      case "textarea", "textfield" ->
          Optional.of(
              ("Demo: the evidence on the form is convincing. "
                      + shown.path("guardrailsToName").path("value").asText())
                  .strip());
      default -> Optional.empty();
    };
  }

  /** A text that a form asks for only when the answer is no. */
  private static boolean onlyForNo(JsonNode field) {
    return field.path("type").asText().startsWith("text")
        && field.path("conditional").path("hide").asText().startsWith("=not(");
  }

  private static Optional<Object> yes(JsonNode field) {
    for (JsonNode value : field.path("values")) {
      String text = value.path("value").asText();
      if (YES.contains(text)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static String chosen(Map<String, Object> answers) {
    return answers.entrySet().stream()
        .filter(answer -> answer.getKey().endsWith("Answer"))
        .map(answer -> String.valueOf(((Map<?, ?>) answer.getValue()).get("value")))
        .findFirst()
        .orElse("done");
  }

  private static void must(String task, DemoUser worker, RepliApi.Answer answer)
      throws IOException {
    if (!answer.ok()) {
      throw new IOException(worker.name() + " could not answer \"" + task + "\": " + answer.text());
    }
  }
}
