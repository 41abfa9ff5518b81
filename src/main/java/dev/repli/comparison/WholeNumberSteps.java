package dev.repli.comparison;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Reckons where a range of a whole-number key ends. To look for the row at its end costs a third of
 * reading the range.
 *
 * <p>So many whole numbers are the keys of at most so many rows, which bounds what a range can hold
 * wherever rows get denser. Where they are sparse, and behind the last row, nothing is reckoned:
 * the end has to be looked for.
 */
final class WholeNumberSteps {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,17}");

  /** A range may hold so many times as many rows as wanted, should it have no gaps. */
  private static final double MOST_NUMBERS_PER_ROW = 2;

  private final boolean usable;
  private OptionalDouble numbersPerRow = OptionalDouble.empty();

  WholeNumberSteps(ComparedTable table) {
    usable =
        table.key().size() == 1
            && table.key().get(0).form() == KeyForm.NUMBER
            && !table.versioned();
  }

  /** Where a range of about so many rows ends; empty when that cannot be told. */
  Optional<Key> end(Optional<Key> start, int rows) {
    Optional<Long> from = start.flatMap(this::number);
    if (from.isEmpty() || numbersPerRow.isEmpty()) {
      return Optional.empty();
    }
    long width = Math.max(1, Math.round(rows * numbersPerRow.getAsDouble()));
    return Optional.of(new Key(List.of(Long.toString(from.get() + width))));
  }

  /** A range held so many rows. */
  void saw(Optional<Key> start, Optional<Key> end, long rows) {
    Optional<Long> from = start.flatMap(this::number);
    Optional<Long> to = end.flatMap(this::number);
    numbersPerRow = OptionalDouble.empty();
    if (from.isPresent() && to.isPresent() && rows > 0) {
      double gaps = (double) (to.get() - from.get()) / rows;
      if (gaps <= MOST_NUMBERS_PER_ROW) {
        numbersPerRow = OptionalDouble.of(gaps);
      }
    }
  }

  private Optional<Long> number(Key key) {
    String text = key.parts().get(0);
    return usable && WHOLE.matcher(text).matches()
        ? Optional.of(Long.valueOf(text))
        : Optional.empty();
  }
}
