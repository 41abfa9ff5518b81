package dev.repli.engine.access;

import dev.repli.plan.SecretRef;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * First users.
 *
 * @param admin made at the first start; afterwards at most named here
 * @param demo the demo's people; never where somebody else can reach Repli
 */
@ConfigurationProperties("repli")
record AccessProperties(@Nullable Admin admin, @Nullable Demo demo) {

  /**
   * The administrator.
   *
   * @param user letters, digits and {@code . _ -}, starting with a letter
   * @param password reference to it: {@code env:NAME} or {@code file:/path}
   */
  record Admin(String user, @Nullable String password) {
    /** Where its first password is found; null when there is none to set. */
    @Nullable SecretRef secret() {
      return password == null ? null : new SecretRef(password);
    }
  }

  /**
   * The demo.
   *
   * @param users make op1, lead1, pm1, com1, mgr1, aud1, monitor1 and admin
   * @param password of all of them; each its own random one when empty
   */
  record Demo(boolean users, @Nullable String password) {}
}
