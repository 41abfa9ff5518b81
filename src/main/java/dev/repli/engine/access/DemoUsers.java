package dev.repli.engine.access;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One person per role, for trying Repli out. */
final class DemoUsers {
  private static final Logger LOG = LoggerFactory.getLogger(DemoUsers.class);
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz";

  private static final List<Person> ALL =
      List.of(
          new Person("op1", "Olivia", "Operator", List.of(Role.OPERATORS)),
          new Person("lead1", "Leo", "Lead", List.of(Role.APPROVERS, Role.TECHNICAL_LEAD)),
          new Person("pm1", "Paula", "Planner", List.of(Role.APPROVERS, Role.PROJECT_MANAGER)),
          new Person("com1", "Carl", "Communication", List.of(Role.COMMUNICATION)),
          new Person("mgr1", "Mia", "Manager", List.of(Role.MANAGERS)),
          new Person("aud1", "Adam", "Auditor", List.of(Role.AUDITORS)),
          new Person("monitor1", "Monitoring", "System", List.of(Role.MONITORING)),
          new Person("admin", "Ada", "Administrator", List.of(Role.ADMIN)));

  private final People people;
  private final SecureRandom random = new SecureRandom();

  DemoUsers(People people) {
    this.people = people;
  }

  /** Makes them, or gives them new passwords; those not given are printed once. */
  void seed(@Nullable String given) {
    Map<String, String> logins = new LinkedHashMap<>();
    for (Person person : ALL) {
      String password = given == null ? password() : given;
      people.user(person.id(), person.firstName(), person.lastName(), password);
      person.roles().forEach(role -> people.member(person.id(), role));
      logins.put(person.id(), password);
    }
    if (given == null) {
      LOG.info("demo users of this start: {}", logins);
    }
  }

  /** Fulfils the engine's password policy: lower and upper case, digit, special, ten or more. */
  private String password() {
    StringBuilder text = new StringBuilder("R-");
    for (int i = 0; i < 14; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.append(random.nextInt(10, 100)).toString();
  }

  private record Person(String id, String firstName, String lastName, List<Role> roles) {}
}
