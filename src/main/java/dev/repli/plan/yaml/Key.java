package dev.repli.plan.yaml;

import java.util.Optional;

/**
 * One key of a block.
 *
 * @param fallback as JSON; what stands for the key when it is missing
 * @param required whether a file without it is refused
 */
record Key<T>(
    String name, Shape<T> shape, String description, Optional<Object> fallback, boolean required) {

  static <T> Key<T> required(String name, Shape<T> shape, String description) {
    return new Key<>(name, shape, description, Optional.empty(), true);
  }

  /** The fallback is written as in a file and read by the same shape. */
  static <T> Key<T> withDefault(String name, Shape<T> shape, Object fallback, String description) {
    return new Key<>(name, shape, description, Optional.of(fallback), false);
  }

  static <T> Key<Optional<T>> optional(String name, Shape<T> shape, String description) {
    return new Key<>(name, new Maybe<>(shape), description, Optional.empty(), false);
  }

  /** What stands for the key in a file without it; empty when it is required. */
  @SuppressWarnings("unchecked") // optional() is the only maker of keys that are neither
  Optional<T> missing() {
    if (required) {
      return Optional.empty();
    }
    return fallback.isPresent()
        ? Optional.of(Yaml.trusted(shape, fallback.get()))
        : Optional.of((T) Optional.empty());
  }
}
