package dev.repli.plan.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Shapes of numbers and of yes or no. */
final class Numbers {
  private Numbers() {}

  /** Both ends included. */
  static Scalar<Integer> whole(int least, int most) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", least);
    schema.put("maximum", most);
    return new Scalar<>(
        "a whole number from " + least + " to " + most,
        schema,
        (node, refusal) -> {
          String text = node.getValue();
          String shown = "is " + Shown.quoted(text);
          if (!node.isPlain()) {
            return refusal.because(shown + ", which is text", "write it without quotes");
          }
          if (text.matches("0[0-9]+")) {
            return refusal.because(
                shown + ", which some YAML readers take for octal", "write it without leading 0");
          }
          if (!text.matches("-?[0-9]{1,9}")) {
            return refusal.because(shown);
          }
          int number = Integer.parseInt(text);
          return number < least || number > most ? refusal.because(shown) : Optional.of(number);
        });
  }

  /** Both ends included; at most six digits behind the point, no exponent. */
  static Scalar<Double> decimal(int least, int most) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "number");
    schema.put("minimum", least);
    schema.put("maximum", most);
    return new Scalar<>(
        "a number from " + least + " to " + most + ", such as 5 or 0.05",
        schema,
        (node, refusal) -> {
          String text = node.getValue();
          String shown = "is " + Shown.quoted(text);
          if (!node.isPlain()) {
            return refusal.because(shown + ", which is text", "write it without quotes");
          }
          if (!text.matches("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?")) {
            return refusal.because(shown);
          }
          double number = Double.parseDouble(text);
          return number < least || number > most ? refusal.because(shown) : Optional.of(number);
        });
  }

  static Scalar<Boolean> flag() {
    return new Scalar<>(
        "true, false",
        Map.of("type", "boolean"),
        (node, refusal) -> {
          String text = node.getValue();
          if (node.isPlain() && text.matches("true|false")) {
            return Optional.of(Boolean.valueOf(text));
          }
          return refusal.because("is " + Shown.quoted(text), meant(text));
        });
  }

  private static String meant(String text) {
    if (text.matches("(?i)y|yes|on|true|1")) {
      return "did you mean true?";
    }
    return text.matches("(?i)n|no|off|false|0") ? "did you mean false?" : "";
  }
}
