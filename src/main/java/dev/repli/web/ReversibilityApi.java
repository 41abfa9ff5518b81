package dev.repli.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.repli.plan.Plans;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Measures a plan's ways back; looks only. */
@RestController
final class ReversibilityApi {
  private final Plans plans;
  private final ReversibilityMeter meter;

  ReversibilityApi(Plans plans, ReversibilityMeter meter) {
    this.plans = plans;
    this.meter = meter;
  }

  @GetMapping("/api/plans/{id}/reversibility")
  ReversibilityView measure(@PathVariable String id, HttpServletRequest request) {
    Params.only(request);
    return view(meter.measure(Params.plan(plans, id)));
  }

  private static ReversibilityView view(Reversibility found) {
    return new ReversibilityView(
        found.plan().value(),
        found.at(),
        found.preferred().map(Strategy::word),
        found.windowEnds(),
        found.windowLeft().map(Duration::toSeconds),
        found.ways().stream().map(ReversibilityApi::view).toList());
  }

  private static WayView view(WayBack way) {
    return new WayView(
        way.strategy().word(),
        way.state().name().toLowerCase(Locale.ROOT),
        way.why(),
        way.takes(),
        way.loses(),
        way.closes(),
        way.expected().map(Duration::toSeconds));
  }

  /** All ways back of one plan. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReversibilityView(
      String plan,
      Instant at,
      Optional<String> preferred,
      Optional<Instant> windowEndsAt,
      Optional<Long> windowLeftSeconds,
      List<WayView> ways) {}

  /** One way back, in words. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record WayView(
      String strategy,
      String state,
      String why,
      String takes,
      String loses,
      String closes,
      Optional<Long> expectedSeconds) {}
}
