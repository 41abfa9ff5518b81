package dev.repli.postmortem.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.runbook.RunbookEngine;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class EngineUserNamesTest {

  private static void user(IdentityService identity, String id, String first, String last) {
    User user = identity.newUser(id);
    user.setFirstName(first);
    user.setLastName(last);
    user.setPassword("a-long-password-of-" + id);
    identity.saveUser(user);
  }

  @Test
  void knowsPeopleWhoHaveANameAndInventsNone() {
    try (RunbookEngine engine = new RunbookEngine("postmortem", List.of(), List.of())) {
      IdentityService identity = engine.engine.getIdentityService();
      user(identity, "ada", "Ada", "Lovelace");
      user(identity, "cher", "Cher", null);
      user(identity, "robot", null, "");
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
