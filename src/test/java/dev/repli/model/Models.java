package dev.repli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The models and forms of the repository, as text. */
record Models(
    Map<String, String> processes, Map<String, String> decisions, Map<String, JsonNode> forms) {

  static Models read() {
    Map<String, JsonNode> forms = new TreeMap<>();
    ObjectMapper json = new ObjectMapper();
    files("forms", ".form").forEach((name, text) -> forms.put(name, parse(json, text)));
    return new Models(files("processes", ".bpmn"), files("processes", ".dmn"), forms);
  }

  private static JsonNode parse(ObjectMapper json, String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** File name without its ending, to content. */
  private static Map<String, String> files(String folder, String ending) {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        String name = file.getFileName().toString().replace(ending, "");
        found.put(name, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Keys of a form that are sent when it is submitted and can be changed. */
  List<String> writableKeys(String form) {
    return components(form)
        .filter(field -> field.has("key"))
        .filter(field -> !field.path("readonly").asBoolean() && !field.path("disabled").asBoolean())
        .map(field -> field.get("key").asText())
        .toList();
  }

  Stream<JsonNode> components(String form) {
    return Stream.ofNullable(forms.get(form))
        .flatMap(
            root ->
                Stream.iterate(0, i -> i < root.path("components").size(), i -> i + 1)
                    .map(i -> root.path("components").get(i)));
  }

  /** The answers that a form's question offers. */
  List<String> answers(String form, String key) {
    return components(form)
        .filter(field -> field.path("key").asText().equals(key))
        .flatMap(field -> field.path("values").findValuesAsText("value").stream())
        .toList();
  }
}
