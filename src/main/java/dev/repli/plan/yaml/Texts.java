package dev.repli.plan.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Shapes of text. */
final class Texts {
  /** What some YAML readers take for something else than text when it is not in quotes. */
  private static final List<Trap> TRAPS =
      List.of(
          new Trap("a yes or no", "(?i)y|n|yes|no|true|false|on|off"),
          new Trap("a number", "[-+]?(0[xo])?[0-9][0-9a-fA-F_]*"),
          new Trap(
              "a number", "(?i)[-+]?([0-9][0-9_]*)?\\.?[0-9]*(e[-+]?[0-9]+)?|[-+]?\\.(inf|nan)"),
          new Trap("a time", "[0-9]+(:[0-5]?[0-9])+"),
          new Trap("a date", "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"));

  private record Trap(String kind, Pattern form) {
    Trap(String kind, String form) {
      this(kind, Pattern.compile(form));
    }
  }

  private Texts() {}

  /** One line. */
  static Scalar<String> line(int most) {
    return text("text of 1 to " + most + " characters in one line", most, false);
  }

  /** Several lines are allowed. */
  static Scalar<String> passage(int most) {
    return text("text of 1 to " + most + " characters", most, true);
  }

  private static Scalar<String> text(String accepts, int most, boolean lines) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("minLength", 1);
    schema.put("maxLength", most);
    return new Scalar<>(
        accepts,
        schema,
        (node, refusal) -> {
          String text = node.getValue();
          Optional<String> trap = trap(node);
          if (trap.isPresent()) {
            return refusal.because(trap.get(), "put it in quotes: " + Shown.quoted(text));
          }
          if (text.isBlank()) {
            return refusal.because("is empty");
          }
          if (text.codePoints().anyMatch(point -> isForbidden(point, lines))) {
            return refusal.because(
                "contains a line break or an invisible character: " + Shown.quoted(text));
          }
          int length = text.codePointCount(0, text.length());
          if (length > most) {
            return refusal.because("has " + length + " characters");
          }
          return Optional.of(text);
        });
  }

  private static boolean isForbidden(int point, boolean lines) {
    return Shown.isInvisible(point) && !(lines && (point == '\n' || point == '\t'));
  }

  private static Optional<String> trap(ScalarNode node) {
    return node.isPlain()
        ? TRAPS.stream()
            .filter(trap -> trap.form().matcher(node.getValue()).matches())
            .map(trap -> "reads as " + trap.kind() + " to some YAML readers")
            .findFirst()
        : Optional.empty();
  }

  /** Text of one form. */
  static <T> Scalar<T> formed(String form, String accepts, Function<String, T> make) {
    Pattern pattern = Pattern.compile(form);
    Map<String, Object> schema = pattern("^(?:" + form + ")$");
    return new Scalar<>(
        accepts,
        schema,
        (node, refusal) -> {
          Optional<String> trap = trap(node);
          if (trap.isPresent()) {
            return refusal.because(
                trap.get(), "put it in quotes: " + Shown.quoted(node.getValue()));
          }
          return pattern.matcher(node.getValue()).matches()
              ? Optional.of(make.apply(node.getValue()))
              : refusal.because("is " + Shown.quoted(node.getValue()));
        });
  }

  /** The JSON Schema of text of one form, in an order that stays. */
  static Map<String, Object> pattern(String pattern) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", pattern);
    return schema;
  }

  /** One of several words. */
  static <T> Scalar<T> oneOf(Map<String, T> words) {
    List<String> known = List.copyOf(words.keySet());
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("enum", known);
    return new Scalar<>(
        String.join(", ", known),
        schema,
        (node, refusal) -> {
          String word = node.getValue();
          T value = words.get(word);
          return value != null
              ? Optional.of(value)
              : refusal.because("is " + Shown.quoted(word), Spelling.suggest(word, known));
        });
  }

  /** The words of an enum: lower case, with hyphens. */
  static <E extends Enum<E>> Scalar<E> oneOf(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), constant);
    }
    return oneOf(words);
  }
}
