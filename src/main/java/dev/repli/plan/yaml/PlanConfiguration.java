package dev.repli.plan.yaml;

import dev.repli.plan.Plans;
import dev.repli.plan.Secrets;
import dev.repli.plan.secret.EnvironmentSecrets;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The plans and secrets of this installation. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlanSettings.class)
class PlanConfiguration {

  @Bean
  static PlanStartupCheck planStartupCheck(Environment environment) {
    return new PlanStartupCheck(environment, checks(new EnvironmentSecrets(), environment));
  }

  @Bean
  Secrets secrets() {
    return new EnvironmentSecrets();
  }

  @Bean
  Plans plans(PlanSettings settings, Secrets secrets, Environment environment) {
    return new DirectoryPlans(settings, checks(secrets, environment)::check);
  }

  private static StartupChecks checks(Secrets secrets, Environment environment) {
    return new StartupChecks(secrets, PlanStartupCheck.ownDatabase(environment));
  }
}
