package dev.repli.delta.conflict;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;

/**
 * What became of every change of an import, which has to add up.
 *
 * @param extracted changes of rows that were read
 * @param open held and not decided yet; 0 at the end
 */
public record DeltaSums(
    long extracted,
    long applied,
    long alreadyThere,
    long abandoned,
    long resolved,
    long deadLettered,
    long open) {
  public DeltaSums {
    long sum = applied + alreadyThere + abandoned + resolved + deadLettered + open;
    if (extracted != sum) {
      throw new ImportException(
          "%d changes were read, but only %d are accounted for".formatted(extracted, sum));
    }
  }

  /**
   * @throws ImportException when the node and Repli's own database disagree about what is held
   */
  static DeltaSums of(ImportCounts node, ConflictCounts held) {
    if (node.held() != held.held()) {
      throw new ImportException(
          "the node counts %d held changes, but Repli's own database has %d of them; restore Repli's"
                  .formatted(node.held(), held.held())
              + " own database, or compare the tables of both nodes before going on");
    }
    return new DeltaSums(
        node.extracted(),
        node.applied(),
        node.alreadyThere(),
        node.abandoned(),
        held.resolved(),
        held.deadLettered(),
        held.open());
  }

  /** For people and the journal. */
  public String words() {
    return "%d changes = %d applied + %d already there + %d abandoned + %d resolved + %d dead letters%s"
        .formatted(
            extracted,
            applied,
            alreadyThere,
            abandoned,
            resolved,
            deadLettered,
            open == 0 ? "" : " + " + open + " to be decided");
  }
}
