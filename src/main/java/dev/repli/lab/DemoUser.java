package dev.repli.lab;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Somebody of the demo, as Repli seeds them.
 *
 * @param groups engine groups whose tasks this person does
 */
record DemoUser(String name, String password, String part, List<String> groups) {
  DemoUser {
    groups = List.copyOf(groups);
  }

  /** All of them with one password, which fulfils Repli's rules for passwords. */
  static List<DemoUser> all(String password) {
    return List.of(
        new DemoUser("op1", password, "operator", List.of("operators")),
        new DemoUser("lead1", password, "approver, technical lead", List.of("approvers")),
        new DemoUser("pm1", password, "approver, project manager", List.of("approvers")),
        new DemoUser("mgr1", password, "manager, in Cockpit", List.of("managers")),
        new DemoUser("monitor1", password, "monitoring, posts incidents", List.of()),
        new DemoUser("admin", password, "administrator", List.of()));
  }

  static String randomPassword() {
    return "Try-Me-" + new SecureRandom().nextInt(100_000, 1_000_000);
  }

  static DemoUser named(String name, List<DemoUser> users) {
    Optional<DemoUser> found = users.stream().filter(user -> user.name().equals(name)).findFirst();
    return found.orElseThrow(() -> new IllegalArgumentException("no demo user " + name));
  }

  /** Those who do tasks of a group, for people: {@code lead1 or pm1}. */
  static String forGroup(String group, List<DemoUser> users) {
    List<String> names =
        users.stream().filter(user -> user.groups().contains(group)).map(DemoUser::name).toList();
    return names.isEmpty() ? "group " + group : String.join(" or ", names);
  }
}
