package dev.repli.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Bodies for the incident API. */
final class TestIncident {
  /** The same for all, so that equal bodies are equal. */
  @SuppressWarnings("TimeInStaticInitializer") // no test runs for the 30 days that it is good for
  private static final Instant STARTED = Instant.now().minusSeconds(60);

  private TestIncident() {}

  /** A good one. */
  static String json(String id) {
    return write(fields(id));
  }

  /** A good one but for one field, given as JSON. */
  static String with(String field, String value) {
    return with("test-incident", field, value);
  }

  static String with(String id, String field, String value) {
    Map<String, String> fields = fields(id);
    fields.put(field, value);
    return write(fields);
  }

  private static Map<String, String> fields(String id) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("planId", "\"shop\"");
    fields.put("incidentId", "\"" + id + "\"");
    fields.put("source", "\"prometheus\"");
    fields.put("severity", "\"critical\"");
    fields.put("summary", "\"61 % of the orders fail\"");
    fields.put("startedAt", "\"" + STARTED + "\"");
    fields.put("metrics", "{\"errorRate\":0.61,\"latencyP95Ms\":840}");
    fields.put("status", "\"firing\"");
    return fields;
  }

  private static String write(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
