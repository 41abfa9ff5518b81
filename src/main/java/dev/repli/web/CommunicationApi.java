package dev.repli.web;

import dev.repli.communication.Delivery.Result;
import dev.repli.communication.Message;
import dev.repli.communication.Outbox;
import dev.repli.communication.TryChannels;
import dev.repli.communication.Wording;
import dev.repli.communication.Wording.Words;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people were told, what could not be delivered, and a try of every channel. */
@RestController
final class CommunicationApi {
  private final Plans plans;
  private final Outbox outbox;
  private final Wording wording;
  private final TryChannels channels;
  private final WriteRequests requests;

  CommunicationApi(
      Plans plans, Outbox outbox, Wording wording, TryChannels channels, WriteRequests requests) {
    this.plans = plans;
    this.outbox = outbox;
    this.wording = wording;
    this.channels = channels;
    this.requests = requests;
  }

  @GetMapping("/api/communication")
  List<ChannelView> channels() {
    return outbox.channels().stream()
        .map(
            state ->
                new ChannelView(
                    state.address().plan().value(),
                    state.address().channel(),
                    state.due(),
                    state.sent(),
                    state.dead(),
                    state.problem()))
        .toList();
  }

  @GetMapping("/api/runs/{key}/messages")
  List<MessageView> messages(@PathVariable String key) {
    return outbox.ofRun(Params.runKey(key).value()).stream().map(this::view).toList();
  }

  @PostMapping("/api/plans/{id}/communication/test")
  List<TriedView> test(@PathVariable String id, HttpServletRequest request) {
    Params.only(request);
    Plan plan = Params.plan(plans, id);
    requests.jsonOrNothing(request).refuseIfWrong();
    return channels.all(plan, Caller.of(request)).entrySet().stream()
        .map(tried -> tried(tried.getKey(), tried.getValue()))
        .toList();
  }

  private static TriedView tried(String channel, Result result) {
    if (result instanceof Result.Refused refused) {
      return new TriedView(channel, "refused", refused.why());
    }
    if (result instanceof Result.TryLater later) {
      return new TriedView(channel, "failed", later.why());
    }
    return new TriedView(
        channel, "delivered", result instanceof Result.Delivered some ? some.problem() : "");
  }

  private MessageView view(Message message) {
    Locale locale =
        plans
            .find(message.plan())
            .flatMap(
                plan ->
                    plan.communication().channels().stream()
                        .filter(channel -> channel.name().equals(message.channel()))
                        .flatMap(channel -> channel.locale().stream())
                        .findFirst()
                        .or(() -> java.util.Optional.of(plan.locale())))
            .orElse(Locale.ENGLISH);
    Words words = wording.words(message.moment(), message.audience(), locale, message.facts());
    return new MessageView(
        message.channel(),
        message.audience().name().toLowerCase(Locale.ROOT),
        message.moment().word(),
        message.state().name().toLowerCase(Locale.ROOT),
        message.madeAt().toString(),
        message.endedAt().map(Object::toString).orElse(""),
        message.tries(),
        message.problem(),
        words.subject(),
        message.ownWords(locale).orElse(words.body()));
  }

  /**
   * What stands in the outbox for one channel.
   *
   * @param problem of the newest message that is not delivered
   */
  record ChannelView(String plan, String channel, long due, long sent, long dead, String problem) {}

  /** A message as it is told. */
  record MessageView(
      String channel,
      String audience,
      String moment,
      String state,
      String madeAt,
      String endedAt,
      int tries,
      String problem,
      String subject,
      String text) {}

  /** What came of a test message: delivered, failed or refused. */
  record TriedView(String channel, String result, String problem) {}
}
