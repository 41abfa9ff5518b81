package dev.repli.communication.channel;

import dev.repli.communication.Deliveries;
import dev.repli.plan.Secrets;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The channels that there are. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {

  @Bean
  Deliveries deliveries(Secrets secrets, ObjectProvider<Clock> clock) {
    return new Deliveries(
        List.of(
            new MailDelivery(secrets),
            new PostDelivery(secrets, clock.getIfAvailable(Clock::systemUTC))));
  }
}
