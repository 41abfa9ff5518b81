package dev.repli;

import dev.repli.command.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves, or does what the first argument says. */
@SpringBootApplication
public class RepliApplication {
  private static final String SERVE = "serve";

  public static void main(String[] args) {
    if (args.length == 0 || args[0].startsWith("-")) {
      SpringApplication.run(RepliApplication.class, args);
      return;
    }
    List<String> rest = Arrays.asList(args).subList(1, args.length);
    if (args[0].equals(SERVE)) {
      SpringApplication.run(RepliApplication.class, rest.toArray(String[]::new));
      return;
    }
    Optional<Command> command = Command.named(args[0]);
    command.ifPresentOrElse(
        found -> System.exit(found.run(rest)),
        () -> {
          System.err.println("There is no command " + args[0] + ". The commands are:");
          System.err.println("  serve                start Repli (also without any command)");
          Command.all().forEach(known -> System.err.println("  " + known.summary()));
          System.exit(2);
        });
  }
}
