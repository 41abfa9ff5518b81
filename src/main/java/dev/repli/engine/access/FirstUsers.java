package dev.repli.engine.access;

import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.util.Arrays;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Makes groups, their authorisations, filters and first users, before the first request is
 * answered. An administrator has to exist: while there is none, the community engine lets a
 * stranger become one.
 */
@Component
@EnableConfigurationProperties(AccessProperties.class)
class FirstUsers implements SmartInitializingSingleton {
  private final AccessProperties properties;
  private final People people;
  private final TaskFilters filters;
  private final AuthorizationService authorizations;
  private final Secrets secrets;

  FirstUsers(
      AccessProperties properties,
      People people,
      TaskFilters filters,
      AuthorizationService authorizations,
      Secrets secrets) {
    this.properties = properties;
    this.people = people;
    this.filters = filters;
    this.authorizations = authorizations;
    this.secrets = secrets;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Arrays.stream(Role.values()).forEach(people::group);
    RoleGrants.all().forEach(this::grant);
    administrators();
    AccessProperties.Admin admin = properties.admin();
    if (admin != null) {
      administrator(admin);
    }
    AccessProperties.Demo demo = properties.demo();
    if (demo != null && demo.users()) {
      new DemoUsers(people).seed(demo.password());
    }
    if (!people.hasMember(Role.ADMIN)) {
      throw new IllegalStateException(
          "there is no administrator: set repli.admin.user, and repli.admin.password to"
              + " env:NAME or file:/path of a password (10 characters or more, with upper and lower"
              + " case, a digit and a special character, without the user's name)");
    }
    filters.seedForAll();
    people.ids().forEach(filters::seedFor);
  }

  private void administrator(AccessProperties.Admin admin) {
    if (!people.exists(admin.user())) {
      SecretRef password = admin.secret();
      if (password == null) {
        throw new IllegalStateException(
            "repli.admin.password is missing: user "
                + admin.user()
                + " does not exist yet and needs a first one, given as env:NAME or file:/path");
      }
      people.user(admin.user(), "Repli", "Administrator", secrets.resolve(password));
    }
    people.member(admin.user(), Role.ADMIN);
  }

  private void grant(RoleGrants.Grant grant) {
    grant(
        grant.role(), grant.resource(), grant.id(), grant.permissions().toArray(Permission[]::new));
  }

  private void administrators() {
    for (Resource resource : Resources.values()) {
      grant(Role.ADMIN, resource, Authorization.ANY, Permissions.ALL);
    }
  }

  /** One authorisation per group and resource; more permissions are added to it. */
  private void grant(Role role, Resource resource, String id, Permission... permissions) {
    Authorization known =
        authorizations
            .createAuthorizationQuery()
            .authorizationType(Authorization.AUTH_TYPE_GRANT)
            .groupIdIn(role.id())
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    Authorization granted =
        known != null
            ? known
            : authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    if (known == null) {
      granted.setGroupId(role.id());
      granted.setResource(resource);
      granted.setResourceId(id);
    }
    if (!Arrays.stream(permissions).allMatch(granted::isPermissionGranted)) {
      Arrays.stream(permissions).forEach(granted::addPermission);
      authorizations.saveAuthorization(granted);
    }
  }
}
