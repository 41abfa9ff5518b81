package dev.repli.plan.yaml;

import java.util.IdentityHashMap;
import java.util.Optional;

/** The values of one block while it is read. */
final class Values {
  private final IdentityHashMap<Key<?>, Object> values = new IdentityHashMap<>();
  private final Place block;
  private final Reading reading;

  Values(Place block, Reading reading) {
    this.block = block;
    this.reading = reading;
  }

  <T> void put(Key<T> key, T value) {
    values.put(key, value);
  }

  /** The value of a key that is known to be right. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no value for " + key.name()));
  }

  /** The value, unless it is wrong or missing. */
  @SuppressWarnings("unchecked") // put() stores under a Key<T> nothing but a T
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** Complains about a key, or a path of keys, of this block. */
  void error(String key, String what, String accepted, String suggestion) {
    Place missing = block.missing(key);
    reading.error(
        reading.places().getOrDefault(missing.key(), missing), what, accepted, suggestion);
  }
}
