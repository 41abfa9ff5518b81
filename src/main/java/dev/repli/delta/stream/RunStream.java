package dev.repli.delta.stream;

import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.imports.ChangeFeed;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a stream until it shall end or cannot go on. */
public final class RunStream {
  /** Commits as soon as nothing more is at hand: the writer may want to move back at any time. */
  private static final ImportLimits LIMITS =
      new ImportLimits(200, 5_000, 100_000, Duration.ofMillis(2), 3, Duration.ofSeconds(1));

  private final DeltaSource source;
  private final ImportTarget target;
  private final HeldChanges held;
  private final Consumer<Duration> pause;

  /**
   * @param pause waits
   */
  public RunStream(
      DeltaSource source, ImportTarget target, HeldChanges held, Consumer<Duration> pause) {
    this.source = source;
    this.target = target;
    this.held = held;
    this.pause = pause;
  }

  /** Told of a stream while it runs. */
  public interface Progress {
    /** Whether to go on; asked between transactions, every 20 ms at least. */
    boolean goesOn();

    /**
     * Asked before each commit: whoever waits until the lease is over may write by then.
     *
     * @throws dev.repli.delta.imports.ImportException when there must be none
     */
    default void committing() {}

    /** Everything up to the place is on the source or held. */
    void reached(Place place, ImportCounts counts);

    /** Whether people may have decided about held rows; asked as often. */
    boolean decided();
  }

  /**
   * Goes on from where it is.
   *
   * @throws dev.repli.database.NodeException when a node does not answer, or refuses
   * @throws dev.repli.delta.imports.ImportException when another session imports the same
   * @throws dev.repli.delta.UnreadableDeltaException when the changes cannot be read on
   */
  public ImportResult run(Plan plan, StreamOrder order, Progress progress) {
    Following following = new Following(plan, order, progress);
    return new ImportDelta(target, held, pause).run(request(plan, order), following, following);
  }

  /** Opens the target's log where the import is, and passes on how far that comes. */
  private final class Following implements ChangeFeed, ImportObserver {
    private final Plan plan;
    private final StreamOrder order;
    private final Progress progress;
    private ImportCounts counts = ImportCounts.NONE;
    private @Nullable StreamTail tail;

    Following(Plan plan, StreamOrder order, Progress progress) {
      this.plan = plan;
      this.order = order;
      this.progress = progress;
    }

    @Override
    public DeltaStream after(Optional<Place> place) {
      Place begin = place.orElse(new Place(order.from(), "", 0));
      DeltaRange rest =
          new DeltaRange(begin.position(), Optional.empty(), Set.of(), abandoned(plan).keySet());
      StreamTail made =
          new StreamTail(
              source.open(plan.target(), rest),
              begin,
              progress::goesOn,
              reached -> progress.reached(reached, counts));
      tail = made;
      return made;
    }

    @Override
    public void resumed(ImportCounts known) {
      counts = known;
    }

    @Override
    public boolean decided() {
      return progress.decided();
    }

    @Override
    public void committing() {
      progress.committing();
    }

    @Override
    public boolean committed(ImportCounts now) {
      counts = now;
      if (tail != null) {
        tail.committed();
      }
      return true;
    }
  }

  /** Tables that the plan says nothing of are imported, too: nothing may be left out unseen. */
  private static ImportRequest request(Plan plan, StreamOrder order) {
    Account account = plan.delta().account().orElse(plan.source().account());
    return new ImportRequest(
        order.id(),
        plan.source(),
        account,
        abandoned(plan),
        Optional.of(Policy.EXPORT_IMPORT),
        LIMITS);
  }

  private static Map<String, Policy> abandoned(Plan plan) {
    return plan.delta().tables().stream()
        .filter(rule -> rule.policy() == Policy.ABANDON)
        .collect(Collectors.toMap(TableRule::table, TableRule::policy, (one, other) -> one));
  }
}
