package dev.repli.database.survey;

import java.util.function.Function;

/** A section of a survey: what was read, or why it could not be. */
public sealed interface Reading<T> {
  /** It was read. */
  record Read<T>(T value) implements Reading<T> {}

  /** It could not be read; {@code why} names the node and the server's answer, never a secret. */
  record Unreadable<T>(String why) implements Reading<T> {}

  static <T> Reading<T> of(T value) {
    return new Read<>(value);
  }

  static <T> Reading<T> unreadable(String why) {
    return new Unreadable<>(why);
  }

  /**
   * What was read.
   *
   * @throws UnreadableException when it could not be read: whoever needs it cannot judge
   */
  default T get() {
    if (this instanceof Read<T> read) {
      return read.value();
    }
    throw new UnreadableException(((Unreadable<T>) this).why());
  }

  default <R> Reading<R> map(Function<T, R> change) {
    return this instanceof Read<T> read
        ? of(change.apply(read.value()))
        : unreadable(((Unreadable<T>) this).why());
  }

  /** Something was asked of a section that could not be read. */
  final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
      super(why);
    }
  }
}
