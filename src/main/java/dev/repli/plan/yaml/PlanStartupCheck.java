package dev.repli.plan.yaml;

import dev.repli.plan.Endpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Refuses to start with a wrong plan. Runs before any bean is made, since the engine and the
 * journal would otherwise already have written tables to a server that a plan is about.
 */
final class PlanStartupCheck implements BeanFactoryPostProcessor {
  private final Environment environment;
  private final StartupChecks checks;

  PlanStartupCheck(Environment environment, StartupChecks checks) {
    this.environment = environment;
    this.checks = checks;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    PlanSettings settings = Binder.get(environment).bindOrCreate("repli", PlanSettings.class);
    List<PlanError> errors =
        PlanDirectory.readAll(settings).values().stream()
            .flatMap(file -> checks.check(file).stream())
            .toList();
    if (!errors.isEmpty()) {
      throw new InvalidPlansException(errors);
    }
  }

  static List<Endpoint> ownDatabase(Environment environment) {
    return Optional.ofNullable(environment.getProperty("spring.datasource.hikari.jdbc-url"))
        .or(() -> Optional.ofNullable(environment.getProperty("spring.datasource.url")))
        .map(OwnDatabase::servers)
        .orElse(List.of());
  }
}
