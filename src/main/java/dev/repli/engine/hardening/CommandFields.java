package dev.repli.engine.hardening;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.jspecify.annotations.Nullable;

/** Reads and replaces what an engine command was called with; the engine offers no accessors. */
public final class CommandFields {
  private CommandFields() {}

  public static @Nullable Object get(Command<?> command, String name) {
    try {
      return field(command, name).get(command);
    } catch (IllegalAccessException e) {
      throw unknown(command, name, e);
    }
  }

  static void set(Command<?> command, String name, Object value) {
    try {
      field(command, name).set(command, value);
    } catch (IllegalAccessException e) {
      throw unknown(command, name, e);
    }
  }

  private static Field field(Command<?> command, String name) {
    for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw unknown(command, name, null);
  }

  /** Fails closed: an engine that changed must not slip through a rule. */
  private static IllegalStateException unknown(
      Command<?> command, String name, @Nullable Throwable cause) {
    return new IllegalStateException(
        "this engine's " + command.getClass().getSimpleName() + " has no readable '" + name + "'",
        cause);
  }
}
