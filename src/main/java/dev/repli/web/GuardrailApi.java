package dev.repli.web;

import dev.repli.guardrail.GuardrailReport;
import dev.repli.guardrail.GuardrailResult;
import dev.repli.guardrail.Guardrails;
import dev.repli.guardrail.Moment;
import dev.repli.plan.Node;
import dev.repli.plan.Plans;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Runs the guardrails of a plan; looks only. */
@RestController
final class GuardrailApi {
  private final Plans plans;
  private final Guardrails guardrails;

  GuardrailApi(Plans plans, Guardrails guardrails) {
    this.plans = plans;
    this.guardrails = guardrails;
  }

  @GetMapping("/api/plans/{id}/guardrails")
  ReportView check(@PathVariable String id, HttpServletRequest request) {
    Params.only(request, "writer", "moment");
    Node.Role writer = one(request, "writer", Node.Role.SOURCE, Node.Role.values());
    Moment moment = one(request, "moment", Moment.BEFORE, Moment.values());
    return view(guardrails.check(Params.plan(plans, id), writer, moment));
  }

  private static <E extends Enum<E>> E one(
      HttpServletRequest request, String name, E otherwise, E[] all) {
    String value = request.getParameter(name);
    if (value == null) {
      return otherwise;
    }
    for (E each : all) {
      if (word(each).equals(value)) {
        return each;
      }
    }
    throw Params.wrong(name + " is " + word(all[0]) + " or " + word(all[1]));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static ReportView view(GuardrailReport report) {
    return new ReportView(
        report.plan().value(),
        report.writer().word(),
        word(report.moment()),
        report.at(),
        report.took().toMillis(),
        report.blocked(),
        report.summary(),
        report.toBeNamed(),
        report.results().stream().map(GuardrailApi::view).toList());
  }

  private static ResultView view(GuardrailResult result) {
    return new ResultView(
        result.name(),
        result.about().group().title(),
        word(result.about().severity()),
        word(result.status()),
        result.about().title(),
        result.found(),
        result.evidence(),
        result.about().protectsFrom(),
        result.about().mend(),
        result.about().watched());
  }

  /** All results, red first. */
  record ReportView(
      String plan,
      String writer,
      String moment,
      Instant at,
      long tookMillis,
      boolean blocked,
      String summary,
      List<String> toBeNamed,
      List<ResultView> results) {}

  /** One guardrail, checked. */
  record ResultView(
      String name,
      String group,
      String severity,
      String status,
      String title,
      String found,
      List<String> evidence,
      String protectsFrom,
      String mend,
      boolean watched) {}
}
