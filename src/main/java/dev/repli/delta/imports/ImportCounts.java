package dev.repli.delta.imports;

/**
 * What became of changes. The last four add up to the first.
 *
 * @param extracted changes of rows that were read
 * @param applied written
 * @param alreadyThere the row was as the change leaves it
 * @param abandoned left out, as the policy of their table says
 * @param held conflicts, refused changes, and those that wait behind one
 */
public record ImportCounts(
    long extracted, long applied, long alreadyThere, long abandoned, long held) {
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

  public ImportCounts {
    if (extracted != applied + alreadyThere + abandoned + held) {
      throw new IllegalStateException(
          "%d changes were read, but %d applied, %d already there, %d abandoned and %d held are %d"
              .formatted(
                  extracted,
                  applied,
                  alreadyThere,
                  abandoned,
                  held,
                  applied + alreadyThere + abandoned + held));
    }
  }

  ImportCounts plus(ImportCounts more) {
    return new ImportCounts(
        extracted + more.extracted,
        applied + more.applied,
        alreadyThere + more.alreadyThere,
        abandoned + more.abandoned,
        held + more.held);
  }

  static ImportCounts oneApplied() {
    return new ImportCounts(1, 1, 0, 0, 0);
  }

  static ImportCounts oneAlreadyThere() {
    return new ImportCounts(1, 0, 1, 0, 0);
  }

  static ImportCounts oneAbandoned() {
    return new ImportCounts(1, 0, 0, 1, 0);
  }

  static ImportCounts oneHeld() {
    return new ImportCounts(1, 0, 0, 0, 1);
  }
}
