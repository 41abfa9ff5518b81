package dev.repli.command;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * One word after {@code java -jar repli.jar}. Found through {@code
 * META-INF/services/dev.repli.command.Command}, so that the features need not be known here.
 */
public interface Command {
  /** The word, for example {@code plan-check}. */
  String name();

  /** One line for the list of commands: the arguments, and what it does. */
  String summary();

  /**
   * Does it; returns when it is done.
   *
   * @param arguments what stands after the word
   * @return exit status: 0 good, 1 bad, 2 wrongly called
   */
  int run(List<String> arguments);

  /** The command of that name. */
  static Optional<Command> named(String name) {
    return all().stream().filter(command -> command.name().equals(name)).findFirst();
  }

  static List<Command> all() {
    return ServiceLoader.load(Command.class).stream().map(ServiceLoader.Provider::get).toList();
  }
}
