package dev.repli.plan.yaml;

import dev.repli.command.Command;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code plan-schema FILE}: writes the JSON Schema of plans, for editors. */
public final class PlanSchemaCommand implements Command {
  private final PrintStream out;

  public PlanSchemaCommand() {
    this(System.out);
  }

  PlanSchemaCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "plan-schema";
  }

  @Override
  public String summary() {
    return "plan-schema FILE     write the JSON Schema of plans into a file";
  }

  @Override
  public int run(List<String> arguments) {
    if (arguments.size() != 1) {
      out.println("usage: " + summary());
      return 2;
    }
    Path file = Path.of(arguments.get(0));
    try {
      Files.writeString(file, PlanSchema.json());
      return 0;
    } catch (IOException e) {
      out.println("cannot write " + file + ": " + e.getClass().getSimpleName());
      return 1;
    }
  }
}
