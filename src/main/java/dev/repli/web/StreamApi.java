package dev.repli.web;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.delta.conflict.ConflictCounts;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.OrderStream;
import dev.repli.delta.stream.StreamStore;
import dev.repli.delta.stream.StreamWords;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A plan's own reverse stream: what it is at, and how it is started and stopped. */
@RestController
final class StreamApi {
  private final Plans plans;
  private final StreamStore streams;
  private final HeldGroups held;
  private final OrderStream order;
  private final WriteRequests requests;
  private final Clock clock;

  StreamApi(
      Plans plans,
      StreamStore streams,
      HeldGroups held,
      OrderStream order,
      WriteRequests requests,
      ObjectProvider<Clock> clock) {
    this.plans = plans;
    this.streams = streams;
    this.held = held;
    this.order = order;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
    this.requests = requests;
  }

  /**
   * A stream.
   *
   * @param reached everything up to here is on the source or held
   * @param counts what became of its changes, since it was first started
   * @param held what people have made of those that were held
   * @param why it stands still; empty while it runs
   * @param owner the Repli that has its lease; empty for none
   * @param leaseUntil when another may take it, should the owner have died
   * @param says what it is at and what people can do, in a sentence
   */
  record StreamView(
      String plan,
      String importId,
      boolean wanted,
      String state,
      String from,
      Optional<String> reached,
      Instant reportedAt,
      ImportCounts counts,
      ConflictCounts held,
      String why,
      String owner,
      Instant leaseUntil,
      String says) {
    static StreamView of(KnownStream stream, ConflictCounts held, Instant now) {
      return new StreamView(
          stream.order().plan().value(),
          stream.order().id().value(),
          stream.wanted(),
          stream.report().state().name().toLowerCase(Locale.ROOT),
          stream.order().from().value(),
          stream.report().reached().map(Position::value),
          stream.report().at(),
          stream.report().counts(),
          held,
          stream.report().why(),
          stream.owner(),
          stream.until(),
          StreamWords.of(stream, held, now));
    }
  }

  @GetMapping("/api/plans/{id}/stream")
  StreamView look(@PathVariable String id, HttpServletRequest request) {
    Params.only(request);
    PlanId plan = plan(id).id();
    return streams.find(plan).map(this::view).orElseThrow(() -> none(plan));
  }

  @PostMapping("/api/plans/{id}/stream")
  StreamView start(@PathVariable String id, HttpServletRequest request) {
    Params.only(request);
    Plan plan = plan(id);
    Fields fields = requests.json(request);
    Optional<String> from = fields.text("from", 4000, true);
    Optional<Position> position = from.flatMap(text -> OrderStream.position(plan, text));
    if (from.isPresent() && position.isEmpty()) {
      fields.wrong("from", "must be a position of the target, as its server writes it");
    }
    fields.refuseIfWrong();
    OrderStream.Start start;
    try {
      start = order.start(plan, Fields.checked(position), Caller.of(request));
    } catch (NodeException e) {
      throw impossible(String.valueOf(e.getMessage()));
    }
    if (start instanceof OrderStream.Start.Refused refused) {
      throw impossible(String.join("; ", refused.why()));
    }
    return view(((OrderStream.Start.Started) start).stream());
  }

  private static Problem impossible(String why) {
    return Problem.of(
        HttpStatus.CONFLICT, "stream-impossible", "Nothing was started. " + why + ".");
  }

  @PostMapping("/api/plans/{id}/stream/stop")
  StreamView stop(@PathVariable String id, HttpServletRequest request) {
    Params.only(request);
    PlanId plan = plan(id).id();
    Fields fields = requests.json(request);
    Optional<String> reason = fields.text("reason", 500, true);
    fields.refuseIfWrong();
    return order
        .stop(plan, Caller.of(request), Fields.checked(reason))
        .map(this::view)
        .orElseThrow(() -> none(plan));
  }

  private StreamView view(KnownStream stream) {
    return StreamView.of(stream, held.counts(stream.order().id()), clock.instant());
  }

  private Plan plan(String id) {
    return Params.plan(plans, id);
  }

  private static Problem none(PlanId plan) {
    return Problem.of(
        HttpStatus.NOT_FOUND, "no-stream", "Plan " + plan + " has no reverse stream.");
  }
}
