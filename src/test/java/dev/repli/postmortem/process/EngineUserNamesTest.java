package dev.repli.postmortem.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class EngineUserNamesTest {

  private static void user(
      IdentityService identity, String id, Optional<String> first, Optional<String> last) {
    User user = identity.newUser(id);
    first.ifPresent(user::setFirstName);
    last.ifPresent(user::setLastName);
    user.setPassword("a-long-password-of-" + id);
    identity.saveUser(user);
  }

  @Test
  void knowsPeopleWhoHaveANameAndInventsNone() {
    try (RunbookEngine engine = new RunbookEngine("postmortem", List.of(), List.of())) {
      IdentityService identity = engine.engine.getIdentityService();
      user(identity, "ada", Optional.of("Ada"), Optional.of("Lovelace"));
      user(identity, "cher", Optional.of("Cher"), Optional.empty());
      user(identity, "robot", Optional.empty(), Optional.of(""));
      StaticListableBeanFactory beans = new StaticListableBeanFactory();
      beans.addBean("identityService", identity);
      EngineUserNames names = new EngineUserNames(beans.getBeanProvider(IdentityService.class));

      assertThat(names.of("ada")).contains("Ada Lovelace");
      assertThat(names.of("cher")).contains("Cher");
      assertThat(names.of("robot")).isEmpty();
      assertThat(names.of("monitoring")).isEmpty();
    }
  }
}
