package dev.repli.engine.hardening;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The fields of a task's form, by key. */
record FormKeys(Set<String> writable, Set<String> readOnly) {
  FormKeys {
    writable = Set.copyOf(writable);
    readOnly = Set.copyOf(readOnly);
  }

  static FormKeys writable(Collection<String> keys) {
    return new FormKeys(Set.copyOf(keys), Set.of());
  }

  /** Reads a Camunda Form; groups may be nested. */
  static FormKeys read(ObjectMapper json, InputStream form) {
    Set<String> writable = new HashSet<>();
    Set<String> readOnly = new HashSet<>();
    try (form) {
      collect(json.readTree(form), writable, readOnly);
    } catch (IOException e) {
      throw new UncheckedIOException("the deployed form cannot be read", e);
    }
    readOnly.removeAll(writable);
    return new FormKeys(writable, readOnly);
  }

  boolean isWritable(String key) {
    return writable.contains(key);
  }

  boolean isReadOnly(String key) {
    return readOnly.contains(key);
  }

  private static void collect(JsonNode node, Set<String> writable, Set<String> readOnly) {
    for (JsonNode component : node.path("components")) {
      if (component.hasNonNull("key")) {
        boolean fixed =
            component.path("readonly").asBoolean() || component.path("disabled").asBoolean();
        (fixed ? readOnly : writable).add(component.get("key").asText());
      }
      collect(component, writable, readOnly);
    }
  }
}
