package dev.repli.engine.access;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** Users and groups in the engine; every method may run twice. */
@Component
class People {
  private final IdentityService identity;

  People(IdentityService identity) {
    this.identity = identity;
  }

  void group(Role role) {
    if (identity.createGroupQuery().groupId(role.id()).count() == 0) {
      Group group = identity.newGroup(role.id());
      group.setName(role.title());
      group.setType(role == Role.ADMIN ? "SYSTEM" : "WORKFLOW");
      identity.saveGroup(group);
    }
  }

  boolean exists(String id) {
    return identity.createUserQuery().userId(id).count() > 0;
  }

  /** Makes the user, or gives an existing one this password. */
  void user(String id, String firstName, String lastName, String password) {
    User user = identity.createUserQuery().userId(id).singleResult();
    boolean known = user != null;
    if (user == null) {
      user = identity.newUser(id);
      user.setFirstName(firstName);
      user.setLastName(lastName);
    }
    user.setPassword(password);
    identity.saveUser(user);
    if (known) {
      identity.unlockUser(id);
    }
  }

  void member(String user, Role role) {
    if (identity.createUserQuery().userId(user).memberOfGroup(role.id()).count() == 0) {
      identity.createMembership(user, role.id());
    }
  }

  boolean hasMember(Role role) {
    return identity.createUserQuery().memberOfGroup(role.id()).count() > 0;
  }

  /** At most a thousand, by id. */
  List<String> ids() {
    return identity.createUserQuery().orderByUserId().asc().listPage(0, 1000).stream()
        .map(User::getId)
        .toList();
  }
}
