package dev.repli.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.repli.incident.PlainText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Reads the fields of one object and collects everything that is wrong with them. */
final class Fields {
  private static final int LONGEST_SHOWN = 64;
  private static final int MOST_METRICS = 50;
  private static final double LARGEST_METRIC = 1e15;

  private final ObjectNode object;
  private final Set<String> read = new HashSet<>();
  private final List<Map<String, String>> errors = new ArrayList<>();

  Fields(ObjectNode object) {
    this.object = object;
  }

  /** One line of text; empty when it is missing and may be, or is wrong. */
  Optional<String> text(String name, int longest, boolean required) {
    Optional<JsonNode> found = field(name, required);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (!found.get().isTextual()) {
      wrong(name, "must be a text");
      return Optional.empty();
    }
    String text = found.get().textValue();
    Optional<String> problem = PlainText.problem(text, longest);
    problem.ifPresent(why -> wrong(name, why));
    return problem.isPresent() ? Optional.empty() : Optional.of(text);
  }

  /** An id whose type says itself what it may look like. */
  <T> Optional<T> id(String name, Function<String, T> type) {
    return text(name, 255, true).flatMap(text -> converted(name, text, type));
  }

  /** One of an enum's constants, spelt in lower case. */
  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type, boolean required) {
    Optional<String> text = text(name, 20, required);
    Optional<E> chosen =
        text.flatMap(
            word ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> word(constant).equals(word))
                    .findFirst());
    if (text.isPresent() && chosen.isEmpty()) {
      List<String> words = Arrays.stream(type.getEnumConstants()).map(Fields::word).toList();
      wrong(name, "must be one of " + String.join(", ", words));
    }
    return chosen;
  }

  /** A moment with its offset, for example {@code 2026-03-01T12:00:00Z}. */
  Optional<Instant> instant(String name) {
    return text(name, 40, true)
        .flatMap(
            text -> {
              try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
              } catch (DateTimeException e) {
                wrong(name, "must be a moment with its offset, like 2026-03-01T12:00:00Z");
                return Optional.empty();
              }
            });
  }

  /** An object of finite numbers; empty when missing. */
  SortedMap<String, Double> numbers(String name) {
    SortedMap<String, Double> numbers = new TreeMap<>();
    Optional<JsonNode> found = field(name, false);
    if (found.isPresent() && !(found.get() instanceof ObjectNode)) {
      wrong(name, "must be an object of numbers");
    } else if (found.isPresent() && found.get().size() > MOST_METRICS) {
      wrong(name, "must have at most " + MOST_METRICS + " members");
    } else {
      found.ifPresent(node -> node.properties().forEach(entry -> number(name, entry, numbers)));
    }
    return numbers;
  }

  private void number(
      String name, Map.Entry<String, JsonNode> entry, SortedMap<String, Double> numbers) {
    String path = name + "." + shown(entry.getKey());
    double value = entry.getValue().doubleValue();
    if (!entry.getKey().matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
      wrong(path, "must be named with 1 to 64 letters, digits and _, starting with a letter");
    } else if (!entry.getValue().isNumber()) {
      wrong(path, "must be a number");
    } else if (!(Math.abs(value) <= LARGEST_METRIC)) {
      wrong(path, "must be between -1e15 and 1e15");
    } else {
      numbers.put(entry.getKey(), value);
    }
  }

  /** An object of texts, where null is none; empty when missing. For people's own data. */
  Map<String, Optional<String>> texts(String name) {
    Map<String, Optional<String>> texts = new HashMap<>();
    Optional<JsonNode> found = field(name, false);
    if (found.isPresent() && !(found.get() instanceof ObjectNode)) {
      wrong(name, "must be an object of texts");
      return texts;
    }
    found.ifPresent(
        node ->
            node.properties()
                .forEach(
                    entry -> {
                      if (entry.getValue().isTextual()) {
                        texts.put(entry.getKey(), Optional.of(entry.getValue().textValue()));
                      } else if (entry.getValue().isNull()) {
                        texts.put(entry.getKey(), Optional.empty());
                      } else {
                        wrong(name + "." + shown(entry.getKey()), "must be a text or null");
                      }
                    }));
    return texts;
  }

  void wrong(String field, String why) {
    errors.add(Map.of("field", field, "message", why));
  }

  /** Refuses the request when anything was wrong or was not asked for. */
  void refuseIfWrong() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                wrong(shown(name), "is not known here; known are " + new java.util.TreeSet<>(read));
              }
            });
    if (!errors.isEmpty()) {
      throw Problem.of(
              HttpStatus.UNPROCESSABLE_ENTITY,
              "invalid-fields",
              "Nothing was done, because " + describe() + ".")
          .with("errors", errors);
    }
  }

  /** A value that {@link #refuseIfWrong()} has let through. */
  static <T> T checked(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("read before it was checked"));
  }

  private String describe() {
    return String.join(
        "; ", errors.stream().limit(10).map(e -> e.get("field") + " " + e.get("message")).toList());
  }

  private Optional<JsonNode> field(String name, boolean required) {
    read.add(name);
    JsonNode value = object.get(name);
    if (value == null && required) {
      wrong(name, "is missing");
    }
    return Optional.ofNullable(value);
  }

  private <T> Optional<T> converted(String name, String text, Function<String, T> type) {
    try {
      return Optional.of(type.apply(text));
    } catch (IllegalArgumentException e) {
      wrong(name, "is refused: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A stranger's field name, made fit to be shown. */
  private static String shown(String name) {
    String plain = name.replaceAll("[^ -~]", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "…";
  }
}
