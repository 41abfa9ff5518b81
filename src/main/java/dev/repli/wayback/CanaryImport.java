package dev.repli.wayback;

import dev.repli.certificate.StreamCanary;
import dev.repli.database.Position;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.delta.imports.LiveFeed;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Plan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The stream's own way for a moment: the same reading and the same writing with the same account,
 * of the probe's rows only.
 */
final class CanaryImport implements StreamCanary {
  private static final String PROBE = "repli_probe.probe_write";
  private final DeltaSource source;
  private final ImportTarget target;
  private final ImportDelta imports;

  CanaryImport(DeltaSource source, ImportTarget target, ImportDelta imports) {
    this.source = source;
    this.target = target;
    this.imports = imports;
  }

  private static Account account(Plan plan) {
    return plan.delta().account().orElse(plan.source().account());
  }

  /** A session makes its tables when it opens. */
  @Override
  public void prepare(Plan plan) {
    target.open(plan.source(), account(plan)).close();
  }

  @Override
  public Optional<String> carry(Plan plan, Position from, Position to) {
    ImportRequest request =
        new ImportRequest(
            // never an earlier one's: what that wrote down on the source is on the target, too
            new ImportId("canary-" + plan.id() + "-" + UUID.randomUUID()),
            plan.source(),
            account(plan),
            Map.of(PROBE, Policy.EXPORT_IMPORT),
            Optional.of(Policy.ABANDON),
            ImportLimits.USUAL);
    DeltaRange range = new DeltaRange(from, Optional.of(to), Set.of());
    try {
      return why(imports.run(request, new LiveFeed(source, plan.target(), range), counts -> true));
    } catch (ImportException | UnreadableDeltaException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> why(ImportResult result) {
    if (result instanceof ImportResult.StoppedAtStatement at) {
      return Optional.of(
          "a statement that changes more than rows came in between ("
              + at.statement().kind()
              + "): try again");
    }
    if (result instanceof ImportResult.TableNotReady table) {
      return Optional.of(table.table() + ": " + String.join("; ", table.reasons()));
    }
    return result.counts().held() == 0
        ? Optional.empty()
        : Optional.of(result.counts().held() + " changes could not be applied");
  }
}
