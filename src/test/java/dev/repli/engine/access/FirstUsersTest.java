package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstUsersTest {
  private static final String PASSWORD = "Try-this-0ut";

  private final ProcessEngine engine = start();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void refusesToStartWithoutAnAdministrator() {
    assertThatThrownBy(() -> seed(new AccessProperties(null, null)))
        .hasMessageContaining("repli.admin.user")
        .hasMessageContaining("env:NAME");
  }

  @Test
  void makesTheAdministratorOnceAndKeepsTheirPassword() {
    AccessProperties admin =
        new AccessProperties(new AccessProperties.Admin("root", "env:ADMIN"), null);
    seed(admin);
    var user = engine.getIdentityService().createUserQuery().userId("root").singleResult();
    user.setPassword("Another-0ne!");
    engine.getIdentityService().saveUser(user);

    seed(admin);

    assertThat(engine.getIdentityService().checkPassword("root", "Another-0ne!")).isTrue();
    assertThat(
            engine
                .getIdentityService()
                .createUserQuery()
                .memberOfGroup("camunda-admin")
                .singleResult()
                .getId())
        .isEqualTo("root");
  }

  @Test
  void seedsTheSameAgainWithoutDoublingAnything() {
    AccessProperties demo = new AccessProperties(null, new AccessProperties.Demo(true, PASSWORD));
    seed(demo);
    long authorizations = engine.getAuthorizationService().createAuthorizationQuery().count();
    long filters = engine.getFilterService().createFilterQuery().count();

    seed(demo);

    assertThat(engine.getAuthorizationService().createAuthorizationQuery().count())
        .isEqualTo(authorizations);
    assertThat(engine.getFilterService().createFilterQuery().count()).isEqualTo(filters);
    assertThat(engine.getIdentityService().checkPassword("op1", PASSWORD)).isTrue();
  }

  private static ProcessEngine start() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName(UUID.randomUUID().toString());
    configuration.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
    configuration.setJobExecutorActivate(false);
    configuration.setGroupResourceWhitelistPattern("[a-zA-Z][a-zA-Z0-9-]*");
    return configuration.buildProcessEngine();
  }

  private void seed(AccessProperties properties) {
    new FirstUsers(
            properties,
            new People(engine.getIdentityService()),
            new TaskFilters(
                engine.getFilterService(),
                engine.getTaskService(),
                engine.getAuthorizationService()),
            engine.getAuthorizationService(),
            reference -> PASSWORD)
        .afterSingletonsInstantiated();
  }
}
