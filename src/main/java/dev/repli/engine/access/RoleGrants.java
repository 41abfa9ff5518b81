package dev.repli.engine.access;

import static dev.repli.engine.access.Role.AUDITORS;
import static dev.repli.engine.access.Role.COMMUNICATION;
import static dev.repli.engine.access.Role.MANAGERS;
import static dev.repli.engine.access.Role.MONITORING;
import static dev.repli.engine.access.Role.OPERATORS;
import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;

/**
 * What each role may do in the engine, and no more. Tasks are not here: the engine lets candidates
 * and assignees do theirs. Changing variables, handing tasks over and moving tokens is for nobody
 * but the administrators.
 */
final class RoleGrants {
  private static final Permission ACCESS = Permissions.ACCESS;

  private RoleGrants() {}

  /** One group, one resource, what it may. */
  record Grant(Role role, Resource resource, String id, List<Permission> permissions) {
    Grant {
      permissions = List.copyOf(permissions);
    }
  }

  static List<Grant> all() {
    List<Grant> grants = new ArrayList<>();
    starting(grants, OPERATORS, ANY);
    starting(grants, MONITORING, "IncidentTriageProcess");
    tasklist(grants, OPERATORS);
    tasklist(grants, COMMUNICATION);
    Role.deciding().forEach(role -> tasklist(grants, role));
    watching(grants, MANAGERS);
    grants.add(
        definitions(
            MANAGERS,
            ProcessDefinitionPermissions.READ_INSTANCE,
            ProcessDefinitionPermissions.READ_TASK));
    watching(grants, AUDITORS);
    grants.add(
        new Grant(
            AUDITORS,
            Resources.OPERATION_LOG_CATEGORY,
            ANY,
            List.of(UserOperationLogCategoryPermissions.READ)));
    return List.copyOf(grants);
  }

  private static void starting(List<Grant> grants, Role role, String process) {
    grants.add(
        new Grant(
            role,
            Resources.PROCESS_DEFINITION,
            process,
            List.of(
                ProcessDefinitionPermissions.READ, ProcessDefinitionPermissions.CREATE_INSTANCE)));
    grants.add(new Grant(role, Resources.PROCESS_INSTANCE, ANY, List.of(Permissions.CREATE)));
  }

  /** The application, and the diagram behind a task. */
  private static void tasklist(List<Grant> grants, Role role) {
    grants.add(new Grant(role, Resources.APPLICATION, "tasklist", List.of(ACCESS)));
    grants.add(definitions(role, ProcessDefinitionPermissions.READ));
  }

  private static void watching(List<Grant> grants, Role role) {
    grants.add(new Grant(role, Resources.APPLICATION, "cockpit", List.of(ACCESS)));
    grants.add(
        definitions(
            role, ProcessDefinitionPermissions.READ, ProcessDefinitionPermissions.READ_HISTORY));
    grants.add(
        new Grant(
            role,
            Resources.DECISION_DEFINITION,
            ANY,
            List.of(Permissions.READ, Permissions.READ_HISTORY)));
  }

  private static Grant definitions(Role role, Permission... permissions) {
    return new Grant(role, Resources.PROCESS_DEFINITION, ANY, List.of(permissions));
  }
}
