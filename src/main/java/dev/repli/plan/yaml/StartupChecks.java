package dev.repli.plan.yaml;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a plan has to pass on this machine, besides being readable. */
final class StartupChecks {
  private final Secrets secrets;
  private final List<Endpoint> ownDatabase;

  /**
   * Checks for this machine.
   *
   * @param ownDatabase servers of the database in which Repli keeps its engine and journal
   */
  StartupChecks(Secrets secrets, List<Endpoint> ownDatabase) {
    this.secrets = secrets;
    this.ownDatabase = List.copyOf(ownDatabase);
  }

  List<PlanError> check(PlanFile.Good file) {
    List<PlanError> errors = new ArrayList<>();
    for (Node.Role role : Node.Role.values()) {
      Endpoint address = file.plan().node(role).address();
      if (ownDatabase.stream().anyMatch(own -> SameAddress.same(own, address))) {
        errors.add(
            new PlanError(
                file.file(),
                file.places().getOrDefault(role.word() + ".host", Place.FILE),
                "is the server of Repli's own database: " + address,
                "a server on which Repli does not depend",
                "set spring.datasource.url to a database on another server"));
      }
    }
    file.secrets().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Place.IN_FILE))
        .forEach(
            entry -> {
              try {
                secrets.resolve(entry.getValue());
              } catch (Secrets.UnresolvedSecretException e) {
                errors.add(
                    new PlanError(
                        file.file(), entry.getKey(), "cannot be used: " + e.getMessage(), "", ""));
              }
            });
    return errors;
  }
}
