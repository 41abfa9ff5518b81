package dev.repli.plan.yaml;

import dev.repli.plan.Decider;
import dev.repli.plan.GuardrailRules;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of guardrails, and of the people whom they ask for. */
final class GuardrailKeys {
  private static final Key<String> WARNING =
      Key.required("warning", warning(), "Name of a guardrail that warns.");
  private static final Key<String> REASON =
      Key.required("reason", Texts.line(500), "Why it may warn; shown to everybody who decides.");
  private static final Key<LocalDate> UNTIL =
      Key.required("until", date(), "Last day, in UTC, on which this counts.");
  private static final Block<GuardrailRules.Accepted> ACCEPTED =
      Block.of(
          List.of(WARNING, REASON, UNTIL),
          values ->
              new GuardrailRules.Accepted(
                  values.get(WARNING), values.get(REASON), values.get(UNTIL)));

  private static final Key<List<GuardrailRules.Accepted>> ACCEPT =
      Key.withDefault(
          "accept",
          new Items<>(ACCEPTED, 0),
          List.of(),
          "Warnings that approvals need not name; blockers cannot be accepted.");
  private static final Key<Optional<Integer>> FREE_DISK =
      Key.optional(
          "freeDisk",
          Numbers.whole(1, 90),
          "Percent of each disk that has to stay free; a node whose disks cannot be read then"
              + " blocks.");

  static final Block<GuardrailRules> GUARDRAILS =
      Block.of(
              List.of(ACCEPT, FREE_DISK),
              values -> new GuardrailRules(values.get(ACCEPT), values.get(FREE_DISK)))
          .checked(GuardrailKeys::onceEach);

  private static final Key<String> ROLE =
      Key.required("role", LimitKeys.ROLE, "Group that decides.");
  private static final Key<String> USER = Key.required("user", person(), "Who decides.");
  private static final Key<String> DEPUTY =
      Key.required("deputy", person(), "Who decides when that person cannot.");
  private static final Block<Decider> DECIDER =
      Block.of(
              List.of(ROLE, USER, DEPUTY),
              values -> new Decider(values.get(ROLE), values.get(USER), values.get(DEPUTY)))
          .checked(GuardrailKeys::twoPeople);

  static final Items<Decider> PEOPLE = new Items<>(DECIDER, 0);

  private GuardrailKeys() {}

  private static Scalar<String> warning() {
    List<String> known = GuardrailNames.warning();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("enum", known);
    return new Scalar<>(
        "the name of a guardrail that warns: " + String.join(", ", known),
        schema,
        (node, refusal) -> {
          String name = node.getValue();
          if (known.contains(name)) {
            return Optional.of(name);
          }
          return GuardrailNames.all().contains(name)
              ? refusal.because(
                  "is " + Shown.quoted(name) + ", a guardrail that no plan can override",
                  "mend what it finds")
              : refusal.because(
                  "is " + Shown.quoted(name) + ", which is no guardrail",
                  Spelling.suggest(name, known));
        });
  }

  private static Scalar<LocalDate> date() {
    return new Scalar<>(
        "a day such as 2027-01-31",
        Texts.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        (node, refusal) -> {
          try {
            return Optional.of(LocalDate.parse(node.getValue()));
          } catch (DateTimeParseException e) {
            return refusal.because("is " + Shown.quoted(node.getValue()) + ", which is no day");
          }
        });
  }

  static Scalar<String> person() {
    return Texts.formed(
        "[A-Za-z0-9][A-Za-z0-9._@-]{0,79}",
        "a user's name: letters, digits and . _ @ -, up to 80",
        name -> name);
  }

  private static void onceEach(Values values) {
    List<GuardrailRules.Accepted> accepted = values.find(ACCEPT).orElse(List.of());
    Set<String> names = new HashSet<>();
    for (int index = 0; index < accepted.size(); index++) {
      if (!names.add(accepted.get(index).warning())) {
        values.error(
            "accept[" + index + "].warning",
            "is accepted above already: " + Shown.quoted(accepted.get(index).warning()),
            "each warning once",
            "");
      }
    }
  }

  private static void twoPeople(Values values) {
    if (values.find(USER).isPresent() && values.find(USER).equals(values.find(DEPUTY))) {
      values.error("deputy", "is the same person as user", "somebody else", "");
    }
  }
}
