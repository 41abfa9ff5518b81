package dev.repli.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * A process variable: its name, its type in Java and how the engine stores it. Stored are only
 * short texts, numbers, flags and dates; never secrets (everybody who may see the instance may read
 * its variables, also in the history).
 *
 * <p>Each process lists its variables as constants of one class.
 */
public final class ProcessVariable<T> {
  /** The engine's column for texts. */
  private static final int LONGEST_TEXT = 4000;

  private final String name;
  private final String kind;
  private final Function<T, Object> toStored;
  private final Function<Object, T> fromStored;

  private ProcessVariable(
      String name, String kind, Function<T, Object> toStored, Function<Object, T> fromStored) {
    this.name = name;
    this.kind = kind;
    this.toStored = toStored;
    this.fromStored = fromStored;
  }

  /** A text of at most 4 000 characters; longer ones are cut at the end. */
  public static ProcessVariable<String> text(String name) {
    return new ProcessVariable<>(name, "a text", ProcessVariable::cut, String.class::cast);
  }

  public static ProcessVariable<Boolean> flag(String name) {
    return new ProcessVariable<>(name, "true or false", v -> v, Boolean.class::cast);
  }

  public static ProcessVariable<Long> number(String name) {
    return new ProcessVariable<>(
        name, "a whole number", v -> v, stored -> ((Number) stored).longValue());
  }

  /** Stored as ISO-8601 text, which a BPMN timer understands. */
  public static ProcessVariable<Duration> duration(String name) {
    return new ProcessVariable<>(
        name,
        "a duration like PT5M",
        Duration::toString,
        stored -> Duration.parse((String) stored));
  }

  /** Stored as a date with milliseconds, which a BPMN timer and a due date understand. */
  public static ProcessVariable<Instant> instant(String name) {
    return new ProcessVariable<>(name, "a date", Date::from, stored -> ((Date) stored).toInstant());
  }

  /** Stored as the constant's name. */
  public static <E extends Enum<E>> ProcessVariable<E> choice(String name, Class<E> type) {
    return new ProcessVariable<>(
        name,
        "one of " + Arrays.toString(type.getEnumConstants()),
        Enum::name,
        stored -> Enum.valueOf(type, (String) stored));
  }

  /** A value that a plain text stands for, for example an id type. */
  public static <T> ProcessVariable<T> typed(
      String name, String kind, Function<T, String> toText, Function<String, T> fromText) {
    return new ProcessVariable<>(
        name, kind, value -> cut(toText.apply(value)), stored -> fromText.apply((String) stored));
  }

  public String name() {
    return name;
  }

  /**
   * The value, which has to be there.
   *
   * @throws VariableException when it is missing or of another type
   */
  public T read(VariableScope scope) {
    return find(scope)
        .orElseThrow(
            () ->
                new VariableException(
                    "process variable '"
                        + name
                        + "' ("
                        + kind
                        + ") is missing: the step or form before this one has to set it"));
  }

  public Optional<T> find(VariableScope scope) {
    return convert(scope.getVariable(name));
  }

  /** The value among variables read otherwise, for example from the history. */
  public Optional<T> find(Map<String, Object> variables) {
    return convert(variables.get(name));
  }

  public T readOr(VariableScope scope, T otherwise) {
    return find(scope).orElse(otherwise);
  }

  /** Sets it where it stands already, else on the process instance. */
  public void write(VariableScope scope, T value) {
    scope.setVariable(name, toStored.apply(value));
  }

  /** Sets it on this scope only: a task or the body of a sub-process. */
  public void writeLocal(VariableScope scope, T value) {
    scope.setVariableLocal(name, toStored.apply(value));
  }

  public void remove(VariableScope scope) {
    scope.removeVariable(name);
  }

  /** Adds it to variables that a process is started or a message is correlated with. */
  public void put(Map<String, Object> variables, T value) {
    variables.put(name, toStored.apply(value));
  }

  private Optional<T> convert(@Nullable Object stored) {
    if (stored == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(fromStored.apply(stored));
    } catch (ClassCastException | IllegalArgumentException | DateTimeParseException e) {
      throw new VariableException(
          "process variable '"
              + name
              + "' has to be "
              + kind
              + ", but holds a "
              + stored.getClass().getSimpleName()
              + " that is not",
          e);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  @Override
  public String toString() {
    return name;
  }

  /** A variable is missing or of the wrong type: the model or a caller has to be corrected. */
  public static final class VariableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VariableException(String message) {
      super(message);
    }

    VariableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
