package dev.repli.engine.access;

import dev.repli.plan.SecretRef;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * First users.
 *
 * @param admin made at the first start; afterwards at most named here
 * @param demo the demo's people; never where somebody else can reach Repli
 */
@ConfigurationProperties("repli")
record AccessProperties(Optional<Admin> admin, Optional<Demo> demo) {

  /**
   * The administrator.
   *
   * @param user letters, digits and {@code . _ -}, starting with a letter
   * @param password reference to it: {@code env:NAME} or {@code file:/path}
   */
  record Admin(String user, Optional<String> password) {
    Optional<SecretRef> secret() {
      return password.map(SecretRef::new);
    }
  }

  /**
   * The demo.
   *
   * @param users make op1, lead1, pm1, com1, mgr1, aud1, monitor1 and admin
   * @param password of all of them; each its own random one when empty
   */
  record Demo(boolean users, Optional<String> password) {}
}
