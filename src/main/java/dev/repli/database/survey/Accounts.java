package dev.repli.database.survey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts and roles.
 *
 * @param privilegesKnown names of all privileges that this server knows
 */
public record Accounts(List<Account> all, Set<String> privilegesKnown) {
  public Accounts {
    all = List.copyOf(all);
    privilegesKnown = Set.copyOf(privilegesKnown);
  }

  public Optional<Account> find(String user, String host) {
    return all.stream().filter(a -> a.user().equals(user) && a.host().equals(host)).findFirst();
  }

  /** All accounts of a user, whatever the host. */
  public List<Account> of(String user) {
    return all.stream().filter(a -> a.user().equals(user)).toList();
  }

  /**
   * An account or role.
   *
   * @param plugin way of authentication
   * @param secretMark tells equal authentication data from different; nothing can be computed from
   *     it, and it is for comparison only
   * @param passwordless whoever knows its name may log in
   * @param tls {@code ""}, {@code ANY}, {@code X509} or {@code SPECIFIED}: what it requires
   * @param grants privilege names by what they are granted on, {@code *.*} for all
   * @param roles granted to it
   */
  public record Account(
      String user,
      String host,
      boolean role,
      String plugin,
      String secretMark,
      boolean passwordless,
      String tls,
      boolean locked,
      Map<String, Set<String>> grants,
      Set<String> roles) {
    public Account {
      grants = Map.copyOf(grants);
      roles = Set.copyOf(roles);
    }

    public boolean mayOnAll(String privilege) {
      return grants.getOrDefault("*.*", Set.of()).contains(privilege);
    }

    public String label() {
      return role ? user : user + "@" + host;
    }
  }
}
