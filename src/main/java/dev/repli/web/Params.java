package dev.repli.web;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/**
 * Reads ids and query parameters strictly: a misspelt {@code dryRun} must not become a real run.
 */
final class Params {
  private Params() {}

  static RunKey runKey(String text) {
    return known(text, RunKey::new, "run");
  }

  static PlanId planId(String text) {
    return known(text, PlanId::new, "plan");
  }

  /** The plan that an address names, as it is now. */
  static Plan plan(Plans plans, String text) {
    PlanId id = planId(text);
    return plans
        .find(id)
        .orElseThrow(
            () ->
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "no-such-plan",
                    "There is no plan " + id + "; GET /api/plans lists them."));
  }

  /** Refuses every query parameter but these, and these when given twice. */
  static void only(HttpServletRequest request, String... names) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!Set.of(names).contains(name) || values.length != 1) {
                throw wrong("Give only these query parameters, each once: " + List.of(names));
              }
            });
  }

  static boolean flag(HttpServletRequest request, String name) {
    String value = request.getParameter(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw wrong(name + " is true or false");
  }

  static int number(HttpServletRequest request, String name, int otherwise, int largest) {
    String value = request.getParameter(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,6}") || Integer.parseInt(value) > largest) {
      throw wrong(name + " is a number from 1 to " + largest);
    }
    return Integer.parseInt(value);
  }

  /** Behind which number of an import's changes to go on; 0 for the beginning. */
  static long after(HttpServletRequest request) {
    String value = request.getParameter("after");
    if (value == null) {
      return 0;
    }
    if (!value.matches("[1-9][0-9]{0,17}")) {
      throw wrong("after is a number from 1 to 999999999999999999");
    }
    return Long.parseLong(value);
  }

  static Problem wrong(String why) {
    return Problem.of(HttpStatus.BAD_REQUEST, "invalid-parameter", why + ".");
  }

  /** What cannot be an id of ours cannot be there either. */
  private static <T> T known(String text, Function<String, T> type, String what) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(
          HttpStatus.NOT_FOUND,
          "no-such-" + what,
          "There is no such " + what + ": " + e.getMessage());
    }
  }
}
