package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.LiveFeed;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.rollback.AbandonedTables;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.Carrier;
import dev.repli.writerswitch.SwitchRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Carries inside a switch what the rounds before it have left. */
final class DeltaCarrier implements Carrier {
  private static final Position NOWHERE = new Position(Position.Kind.MARIADB_GTID, "");
  private final DeltaSource source;
  private final ImportDelta imports;
  private final Imports requests;
  private final Journal journal;

  DeltaCarrier(DeltaSource source, ImportDelta imports, Imports requests, Journal journal) {
    this.source = source;
    this.imports = imports;
    this.requests = requests;
    this.journal = journal;
  }

  @Override
  public Carriage begin(SwitchRequest request, Consumer<Evidence> evidence) {
    RunKey run = request.run();
    Plan plan = request.plan();
    ChosenDelta choice =
        ChosenDelta.of(journal, run)
            .orElseThrow(() -> new IllegalStateException("nobody has chosen what to import"));
    Checkpoint known =
        requests
            .checkpoint(run, plan)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "nothing was imported into "
                            + plan.source().label()
                            + " before the switch: import the delta first"));
    LiveFeed feed =
        new LiveFeed(
            source,
            plan.target(),
            new DeltaRange(
                NOWHERE, Optional.empty(), Set.of(), Set.copyOf(AbandonedTables.of(plan))));
    return LiveCarriage.start(
        imports, requests.of(run, plan, choice, Imports.LIVE), feed, known, evidence);
  }
}
