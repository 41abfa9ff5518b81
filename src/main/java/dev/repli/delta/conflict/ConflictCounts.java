package dev.repli.delta.conflict;

/**
 * What became of held changes.
 *
 * @param held all of them, decided or not
 * @param open wait for a decision
 * @param resolved the row was decided
 * @param deadLettered left out on purpose
 */
public record ConflictCounts(long held, long open, long resolved, long deadLettered) {
  public static final ConflictCounts NONE = new ConflictCounts(0, 0, 0, 0);

  public ConflictCounts {
    if (held != open + resolved + deadLettered) {
      throw new IllegalStateException(
          "%d changes are held, but %d open, %d resolved and %d dead-lettered are %d"
              .formatted(held, open, resolved, deadLettered, open + resolved + deadLettered));
    }
  }

  public ConflictCounts plus(ConflictCounts more) {
    return new ConflictCounts(
        held + more.held,
        open + more.open,
        resolved + more.resolved,
        deadLettered + more.deadLettered);
  }
}
