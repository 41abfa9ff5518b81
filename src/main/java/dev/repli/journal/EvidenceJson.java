package dev.repli.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence as canonical JSON: keys sorted, no spaces, times in ISO-8601, ASCII only (so that no
 * database's character set can change what was hashed), secrets redacted.
 */
final class EvidenceJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addMixIn(Evidence.class, Named.class)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private EvidenceJson() {}

  static String write(Evidence evidence) {
    try {
      JsonNode tree =
          MAPPER.readTree(MAPPER.writerFor(Evidence.class).writeValueAsString(evidence));
      return MAPPER.writeValueAsString(canonical(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("evidence cannot be written as JSON: " + evidence, e);
    }
  }

  static Evidence read(String content) {
    try {
      return MAPPER.readValue(content, Evidence.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not the JSON of an evidence: " + e.getOriginalMessage(), e);
    }
  }

  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), value(field)));
      return new ObjectNode(JsonNodeFactory.instance, sorted);
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(canonical(element)));
      return array;
    }
    return node.isTextual() ? TextNode.valueOf(Redaction.redact(node.textValue())) : node;
  }

  private static JsonNode value(Map.Entry<String, JsonNode> field) {
    return field.getValue().isTextual() && Redaction.isSecretName(field.getKey())
        ? TextNode.valueOf(Redaction.MASK)
        : canonical(field.getValue());
  }

  /** The names under which the kinds of evidence are stored; they must never change. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.Milestone.class, name = "milestone"),
    @JsonSubTypes.Type(value = Evidence.StatementRun.class, name = "statement"),
    @JsonSubTypes.Type(value = Evidence.CommandRun.class, name = "command"),
    @JsonSubTypes.Type(value = Evidence.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Evidence.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = Evidence.LedgerSigned.class, name = "ledger")
  })
  private interface Named {}
}
