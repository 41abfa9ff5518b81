package dev.repli.engine.access;

import java.util.Arrays;
import java.util.List;

/** The groups that Repli knows, under the engine's ids. */
enum Role {
  OPERATORS("operators", "Operators"),
  APPROVERS("approvers", "Approvers"),
  TECHNICAL_LEAD("technical-lead", "Technical leads"),
  PROJECT_MANAGER("project-manager", "Project managers"),
  SYSTEM_ADMINISTRATOR("system-administrator", "System administrators"),
  SENIOR_ON_CALL("senior-on-call", "Senior developers on call"),
  COMMUNICATION("communication", "Communication"),
  MANAGERS("managers", "Managers"),
  AUDITORS("auditors", "Auditors"),
  MONITORING("monitoring", "Monitoring"),
  ADMIN("camunda-admin", "Administrators");

  private final String id;
  private final String title;

  Role(String id, String title) {
    this.id = id;
    this.title = title;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** The authority that a member has in a request. */
  String authority() {
    return "GROUP_" + id;
  }

  static String[] authorities(Role... roles) {
    return Arrays.stream(roles).map(Role::authority).toArray(String[]::new);
  }

  static String[] everybody() {
    return authorities(values());
  }

  /** Those who find approval tasks in their list. */
  static List<Role> deciding() {
    return List.of(
        APPROVERS, TECHNICAL_LEAD, PROJECT_MANAGER, SYSTEM_ADMINISTRATOR, SENIOR_ON_CALL);
  }
}
