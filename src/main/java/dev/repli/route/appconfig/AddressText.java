package dev.repli.route.appconfig;

import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of both texts stands in a file. A text counts only as a whole: {@code db1} is not found in
 * {@code db1.example}. Each byte of the file is one character here, so nothing else changes.
 */
final class AddressText {
  private static final String WORD = "[A-Za-z0-9_.-]";
  private static final int SHOWN = 160;

  private final RouteSpec.AppFile spec;
  private final String text;

  AddressText(RouteSpec.AppFile spec, String text) {
    this.spec = spec;
    this.text = text;
  }

  /** Empty when none, both, or one of them stands there several times. */
  Optional<Node.Role> writer() {
    int source = places(Node.Role.SOURCE).size();
    int target = places(Node.Role.TARGET).size();
    if (source + target != 1) {
      return Optional.empty();
    }
    return Optional.of(source == 1 ? Node.Role.SOURCE : Node.Role.TARGET);
  }

  /** The file's new text; only where {@link #writer} is the other node. */
  String leadingTo(Node.Role writer) {
    int at = places(writer.other()).get(0);
    String old = bytes(spec.text(writer.other()));
    return text.substring(0, at) + bytes(spec.text(writer)) + text.substring(at + old.length());
  }

  /** For people: what stands there. Of lines that are not the plan's, secrets are left out. */
  String found() {
    Optional<Node.Role> writer = writer();
    if (writer.isPresent()) {
      int line = lineAt(places(writer.get()).get(0));
      return "line " + line + " says " + quoted(spec.text(writer.get()));
    }
    int source = places(Node.Role.SOURCE).size();
    int target = places(Node.Role.TARGET).size();
    String counts =
        "it has %s %s and %s %s, where one of both has to stand once"
            .formatted(
                quoted(spec.sourceText()), times(source), quoted(spec.targetText()), times(target));
    return source + target == 0 ? counts + alike() : counts;
  }

  /** What stands behind the same word, for example {@code DB_HOST=}. */
  private String alike() {
    Matcher key = Pattern.compile("^[^=:]{1,80}[=:]").matcher(bytes(spec.sourceText()));
    if (!key.find()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.contains(key.group()) && lines.size() < 3) {
        String safe = ReloadCommand.withoutSecrets(line.strip());
        lines.add(quoted(safe.length() <= SHOWN ? safe : safe.substring(0, SHOWN) + "…"));
      }
    }
    return lines.isEmpty() ? "" : "; it says " + String.join(", ", lines);
  }

  private List<Integer> places(Node.Role node) {
    String wanted = bytes(spec.text(node));
    String before = wanted.substring(0, 1).matches(WORD) ? "(?<!" + WORD + ")" : "";
    String after = wanted.substring(wanted.length() - 1).matches(WORD) ? "(?!" + WORD + ")" : "";
    return Pattern.compile(before + Pattern.quote(wanted) + after)
        .matcher(text)
        .results()
        .map(result -> result.start())
        .toList();
  }

  private int lineAt(int place) {
    return 1 + (int) text.substring(0, place).chars().filter(each -> each == '\n').count();
  }

  /** The plan's text as the file has it: UTF-8, each byte a character. */
  private static String bytes(String planned) {
    return new String(
        planned.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String quoted(String shown) {
    return "'" + shown + "'";
  }
}
