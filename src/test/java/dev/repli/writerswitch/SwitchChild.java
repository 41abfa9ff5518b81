package dev.repli.writerswitch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Repli's switch in a process of its own, which a fault ends or freezes at one place. */
public final class SwitchChild {
  private SwitchChild() {}

  /** What happens to the process. */
  enum Fate {
    KILL,
    FREEZE
  }

  /** Arguments: plans, data, plan id, switch id, direction, phase, before or after, fate. */
  public static void main(String[] args) {
    Phase at = Phase.valueOf(args[5]);
    boolean before = args[6].equals("before");
    SwitchObserver observer = new FaultAt(at, before, () -> meet(Fate.valueOf(args[7])));
    try (SwitchContext repli = SwitchContext.start(Path.of(args[0]), Path.of(args[1]), observer)) {
      SwitchRequest request = repli.request(args[2], args[3], Direction.valueOf(args[4]));
      System.out.println("END=" + SwitchDriver.walk(repli.writerSwitch(), request));
    }
  }

  private static void meet(Fate fate) {
    if (fate == Fate.KILL) {
      // like kill -9: no hook, no finally, sockets closed by the kernel
      Runtime.getRuntime().halt(137);
    }
    try {
      new ProcessBuilder(List.of("kill", "-STOP", Long.toString(ProcessHandle.current().pid())))
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
