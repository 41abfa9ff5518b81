package dev.repli.plan.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Names of guardrails, so that a plan with a name that is none is refused wherever it is read. A
 * test keeps the list the same as the guardrails there are.
 */
final class GuardrailNames {
  private static final List<String> LINES = lines();

  private GuardrailNames() {}

  /** Those that warn: an approval, or the plan, may accept them. */
  static List<String> warning() {
    return LINES.stream().filter(line -> line.startsWith("W ")).map(GuardrailNames::name).toList();
  }

  static List<String> all() {
    return LINES.stream().map(GuardrailNames::name).toList();
  }

  private static String name(String line) {
    return line.substring(2);
  }

  private static List<String> lines() {
    try (InputStream in = GuardrailNames.class.getResourceAsStream("guardrails.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read guardrails.txt of this program", e);
    }
  }
}
