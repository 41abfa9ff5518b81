package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.SecretRef;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A wrong address is found before the first incident. */
class TryChannelsTest {
  private static final ContactRules ON_CALL =
      new ContactRules(
          List.of(
              new Contact(
                  "ada",
                  "Ada",
                  "ada",
                  Optional.of("ada@shop.example"),
                  Optional.empty(),
                  Optional.of(new SecretRef("env:SMS_OF_ADA")))),
          List.of(),
          ContactRules.NONE.grace());

  /** Takes all but short messages. */
  private static final class WithoutSms implements Delivery {
    @Override
    public boolean speaks(CommunicationRules.Type type) {
      return true;
    }

    @Override
    public int longest(CommunicationRules.Type type) {
      return 4000;
    }

    @Override
    public Result send(CommunicationRules rules, Channel channel, Text text) {
      return channel.name().endsWith(":sms")
          ? new Result.Refused("it answers 404")
          : new Result.Delivered();
    }
  }

  @Test
  void triesEachAddressOfThoseOnCallToo() {
    MessageWorld world =
        new MessageWorld(
            rules("", channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL)),
            new TableMatrix(),
            ON_CALL);
    TryChannels channels =
        new TryChannels(
            (moment, audience, locale, facts) -> new Wording.Words(moment.word(), "text"),
            new Deliveries(List.of(new WithoutSms())),
            Clock.systemUTC());

    Map<String, Result> tried = channels.all(world.plans.all().get(0), "ann");

    assertThat(tried.keySet()).containsExactly("war-room", "contact:ada:mail", "contact:ada:sms");
    assertThat(tried.get("contact:ada:mail")).isInstanceOf(Result.Delivered.class);
    assertThat(tried.get("contact:ada:sms")).isEqualTo(new Result.Refused("it answers 404"));
  }
}
