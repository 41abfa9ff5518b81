package dev.repli.replication;

import dev.repli.database.Position;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/**
 * Initial copies. They go on in the background, whoever asks; what a dead Repli began is taken over
 * where it stopped.
 */
public interface Copies {

  /** Begins the copy, or takes over one whose worker is gone, and says how far it is. At once. */
  State advance(Order order);

  /**
   * What can be done from this machine; looks at programs, folders and free space only.
   *
   * @param bytes about how much there is to copy
   */
  Ability ability(Plan plan, long bytes);

  /**
   * Why a method is not possible; empty when it is.
   *
   * @param noDump also names what is missing for it
   */
  record Ability(Optional<String> noDump, Optional<String> noBackup) {}

  /** How far it is; empty when this run never began one. */
  Optional<State> look(RunKey run);

  /** Whether the target may be down, because this run replaces its data directory. */
  boolean replaces(RunKey run);

  /** Ends the work and deletes what was kept for it. The target stays as it is. */
  void clear(RunKey run, Plan plan);

  /**
   * What to copy.
   *
   * @param schemas for a dump
   * @param history system-versioned tables are copied with their history
   * @param convertHistory their row ends are of a source that ends in 2038
   */
  record Order(
      RunKey run,
      Plan plan,
      CopyMethod method,
      List<String> schemas,
      boolean history,
      boolean convertHistory) {
    public Order {
      schemas = List.copyOf(schemas);
    }
  }

  /** How far a copy is. */
  sealed interface State {
    /** For people: phase, parts, bytes. */
    String progress();

    /** It works. */
    record Working(String progress) implements State {}

    /** Everything is on the target as it was on the source at this position. */
    record Copied(String progress, Position start) implements State {}

    /** Somebody has to mend something; {@link Copies#advance} then goes on. */
    record Failed(String progress, String why) implements State {}
  }
}
