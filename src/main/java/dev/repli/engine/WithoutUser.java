package dev.repli.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/**
 * Lets Repli itself act inside the request of a user, for what the user's role allows in Repli but
 * not in the engine, for example correlating the message that aborts a run.
 */
@Component
public class WithoutUser {
  private final IdentityService identity;

  WithoutUser(IdentityService identity) {
    this.identity = identity;
  }

  /** Runs the work without the engine's authorisation checks, then puts the user back. */
  public <T> T call(Supplier<T> work) {
    Authentication user = identity.getCurrentAuthentication();
    identity.clearAuthentication();
    try {
      return work.get();
    } finally {
      if (user != null) {
        identity.setAuthentication(user);
      }
    }
  }
}
