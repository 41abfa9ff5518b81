package dev.repli.plan.yaml;

import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of one file. */
sealed interface PlanFile {

  /** What is wrong; empty when nothing is. */
  List<PlanError> errors();

  /**
   * A plan.
   *
   * @param places where each key stands, by its path
   * @param secrets every reference to a secret, by where it stands
   */
  record Good(String file, Plan plan, Map<String, Place> places, Map<Place, SecretRef> secrets)
      implements PlanFile {
    public Good {
      places = Map.copyOf(places);
      secrets = Map.copyOf(secrets);
    }

    @Override
    public List<PlanError> errors() {
      return List.of();
    }
  }

  /** No plan, and everything that is wrong. */
  record Bad(List<PlanError> errors) implements PlanFile {
    public Bad {
      errors = List.copyOf(errors);
    }
  }

  static PlanFile read(Path path) {
    Reading reading = new Reading(path.toString());
    Optional<Plan> plan =
        new PlanText(reading)
            .root(path)
            .flatMap(root -> PlanKeys.PLAN.read(root, new Place("", 1, 1).at(root), reading));
    return plan.isPresent() && reading.good()
        ? new Good(path.toString(), plan.get(), reading.places(), reading.secrets())
        : new Bad(reading.errors());
  }
}
