package dev.repli.comparison;

import java.util.Optional;

/** Some rows of a table. */
public sealed interface Part {
  /** The rows from a key (included) to a key (excluded), in the order of the table's key. */
  record Range(Optional<Key> from, Optional<Key> to) implements Part {}

  /** One of {@code of} parts of about the same size, by a hash of the key, whatever its order. */
  record Bucket(int number, int of) implements Part {}
}
