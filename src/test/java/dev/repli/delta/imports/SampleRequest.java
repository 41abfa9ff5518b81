package dev.repli.delta.imports;

import dev.repli.delta.NamedNode;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import java.util.Map;

/** Imports into a source that only the plan knows. */
final class SampleRequest {
  static final ImportId ID = new ImportId("import-1");

  /** Of the one table of {@link History}, all of whose changes are imported. */
  static ImportRequest of(ImportId id, ImportLimits limits) {
    return of(id, Map.of("app.things", Policy.EXPORT_IMPORT), limits);
  }

  static ImportRequest of(ImportId id, Map<String, Policy> policies, ImportLimits limits) {
    return new ImportRequest(
        id, NamedNode.of(Node.Role.SOURCE), NamedNode.account(), policies, limits);
  }

  /** One whole import of that table, of which nobody is told. */
  static ImportResult run(
      ImportTarget target, HeldChanges held, ChangeFeed feed, ImportLimits limits, Policy policy) {
    return new ImportDelta(target, held, pause -> {})
        .run(of(ID, Map.of("app.things", policy), limits), feed, ImportObserver.NOBODY);
  }

  private SampleRequest() {}
}
