package dev.repli.plan.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON Schema of a plan, for editors, from the same keys that are read. */
final class PlanSchema {
  private PlanSchema() {}

  /** Pretty JSON with a final line break; equal for equal keys. */
  static String json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:repli:plan");
    schema.put("title", "Repli plan");
    schema.put(
        "$comment", "Generated: java -jar target/repli.jar plan-schema plans/plan.schema.json");
    schema.putAll(PlanKeys.PLAN.schema());
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema of a plan is not JSON", e);
    }
  }
}
