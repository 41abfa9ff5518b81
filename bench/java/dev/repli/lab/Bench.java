package dev.repli.lab;

import java.nio.file.Path;

/** Runs one benchmark and prints its figures. */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    String part = args.length == 1 ? args[0] : "";
    switch (part) {
      case "machine" -> MachineProbes.print(System.out);
      case "switch" -> SwitchBench.run(System.out);
      case "mha" -> SwitchBench.runAgainstMha(System.out, Path.of("target/mha"));
      case "kill" -> KillBench.run(System.out);
      case "engine" -> EngineBench.run(System.out);
      case "comparison" -> ComparisonBench.run(System.out);
      case "delta" -> DeltaBench.run(System.out);
      case "restore" -> RestoreBench.run(System.out);
      default ->
          throw new IllegalArgumentException(
              "one of machine, switch, mha, kill, engine, comparison, delta, restore");
    }
    // threads of drivers and of the engine must not keep a measured program alive
    System.exit(0);
  }
}
