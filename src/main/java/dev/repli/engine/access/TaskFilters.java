package dev.repli.engine.access;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GLOBAL;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The lists in Tasklist, so that nobody's first look is an empty page. "My tasks" exists once per
 * user: one filter for all would need an expression, and stored expressions are off.
 */
@Component
class TaskFilters {
  private final FilterService filters;
  private final TaskService tasks;
  private final AuthorizationService authorizations;

  TaskFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations) {
    this.filters = filters;
    this.tasks = tasks;
    this.authorizations = authorizations;
  }

  void seedForAll() {
    String approvals =
        filter("Approvals", null, 2, tasks.createTaskQuery().taskCandidateGroup("approvers"));
    String open = filter("All open", null, 3, tasks.createTaskQuery().active());
    readable(approvals, null);
    readable(open, null);
  }

  /** What this person has claimed or could claim: the first list that they see. */
  void seedFor(String user) {
    TaskQuery mine =
        tasks.createTaskQuery().or().taskAssignee(user).taskCandidateUser(user).endOr();
    readable(filter("My tasks", user, 1, mine), user);
  }

  /** Its id; made when it is not there. */
  private String filter(String name, @Nullable String owner, int place, TaskQuery query) {
    var known = filters.createTaskFilterQuery().filterName(name);
    Filter found =
        (owner == null ? known : known.filterOwner(owner)).list().stream().findFirst().orElse(null);
    if (found != null) {
      return found.getId();
    }
    Filter made = filters.newTaskFilter(name).setQuery(query).setProperties(look(place));
    if (owner != null) {
      made.setOwner(owner);
    }
    return filters.saveFilter(made).getId();
  }

  private static Map<String, Object> look(int place) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("priority", place);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    return properties;
  }

  private void readable(String filter, @Nullable String user) {
    var known =
        authorizations.createAuthorizationQuery().resourceType(Resources.FILTER).resourceId(filter);
    if ((user == null ? known.authorizationType(AUTH_TYPE_GLOBAL) : known.userIdIn(user)).count()
        > 0) {
      return;
    }
    Authorization read =
        authorizations.createNewAuthorization(user == null ? AUTH_TYPE_GLOBAL : AUTH_TYPE_GRANT);
    if (user != null) {
      read.setUserId(user);
    }
    read.setResource(Resources.FILTER);
    read.setResourceId(filter);
    read.addPermission(Permissions.READ);
    authorizations.saveAuthorization(read);
  }
}
