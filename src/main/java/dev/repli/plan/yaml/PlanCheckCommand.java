package dev.repli.plan.yaml;

import dev.repli.command.Command;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code plan-check FILE…}: reads plans and says what is wrong with them, without starting. */
public final class PlanCheckCommand implements Command {
  private final PrintStream out;

  public PlanCheckCommand() {
    this(System.out);
  }

  PlanCheckCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "plan-check";
  }

  @Override
  public String summary() {
    return "plan-check FILE...   check plans without starting (secrets are not looked up)";
  }

  @Override
  public int run(List<String> arguments) {
    if (arguments.isEmpty()) {
      out.println("usage: " + summary());
      return 2;
    }
    return arguments.stream().mapToInt(file -> check(Path.of(file))).max().orElse(0);
  }

  private int check(Path path) {
    PlanFile file = PlanFile.read(path);
    file.errors().forEach(error -> out.println(error.message()));
    if (!(file instanceof PlanFile.Good good)) {
      return 1;
    }
    String hash = good.plan().contentHash();
    out.println(path + ": good; plan " + good.plan().id() + ", content " + hash);
    return 0;
  }
}
