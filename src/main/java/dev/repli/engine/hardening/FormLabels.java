package dev.repli.engine.hardening;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Names the fields of a form as the person who fills it sees them, with the key in brackets for
 * those who answer over REST.
 */
public final class FormLabels {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Optional<InputStream>> form;

  /**
   * @param form opened only when something has to be named; empty where a task has none
   */
  FormLabels(Supplier<Optional<InputStream>> form) {
    this.form = form;
  }

  /** A field; its key alone where the form gives it no label. */
  public String field(String key) {
    return component(key).map(field -> named(field, key)).orElse(key);
  }

  /** An answer that a field offers; its value alone where the form does not offer it. */
  public String option(String key, String value) {
    return component(key)
        .flatMap(
            field -> {
              for (JsonNode option : field.path("values")) {
                if (option.path("value").asText().equals(value)) {
                  return Optional.of(named(option, value));
                }
              }
              return Optional.empty();
            })
        .orElse(value);
  }

  private static String named(JsonNode labelled, String key) {
    String label = labelled.path("label").asText().strip();
    return label.isEmpty() ? key : "\"%s\" (%s)".formatted(label, key);
  }

  private Optional<JsonNode> component(String key) {
    return form.get().flatMap(opened -> component(parsed(opened), key));
  }

  private static JsonNode parsed(InputStream opened) {
    try (opened) {
      return JSON.readTree(opened);
    } catch (IOException e) {
      throw new UncheckedIOException("the deployed form cannot be read", e);
    }
  }

  /** Groups may be nested. */
  private static Optional<JsonNode> component(JsonNode node, String key) {
    for (JsonNode component : node.path("components")) {
      if (component.path("key").asText().equals(key)) {
        return Optional.of(component);
      }
      Optional<JsonNode> within = component(component, key);
      if (within.isPresent()) {
        return within;
      }
    }
    return Optional.empty();
  }
}
