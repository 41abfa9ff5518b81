package dev.repli.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * Calls the engine with Repli's own permissions. Who may start, see or abort a run is decided where
 * the request comes in; the caller needs no permission on the engine's tables.
 */
public final class AsRepli {
  private final IdentityService identities;

  public AsRepli(IdentityService identities) {
    this.identities = identities;
  }

  public <T> T call(Supplier<T> work) {
    Authentication caller = identities.getCurrentAuthentication();
    identities.clearAuthentication();
    try {
      return work.get();
    } finally {
      if (caller != null) {
        identities.setAuthentication(
            caller.getUserId(), caller.getGroupIds(), caller.getTenantIds());
      }
    }
  }
}
