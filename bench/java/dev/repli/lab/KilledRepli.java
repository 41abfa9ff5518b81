package dev.repli.lab;

import dev.repli.writerswitch.Phase;
import dev.repli.writerswitch.SwitchObserver;
import dev.repli.writerswitch.SwitchRequest;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/**
 * Repli in a program of its own: with {@code kill} it starts a switch and dies inside the fence, as
 * by kill -9; with {@code resume} it ends what its predecessor left and says how long that took.
 */
final class KilledRepli {
  private KilledRepli() {}

  /** Arguments: kill or resume, directory, directory of plans, port. */
  public static void main(String[] args) throws Exception {
    boolean kill = args[0].equals("kill");
    try (BenchRepli repli =
        BenchRepli.start(
            Path.of(args[1]),
            Path.of(args[2]),
            Integer.parseInt(args[3]),
            context -> {
              if (kill) {
                context.getBeanFactory().registerSingleton("death", new DiesInTheFence());
              }
            })) {
      long ready = System.nanoTime();
      if (kill) {
        repli.result(repli.startSwitch("TARGET", "SOURCE"));
        throw new IllegalStateException("the switch ended although its program should be dead");
      }
      List<ProcessInstance> left =
          repli
              .context()
              .getBean(RuntimeService.class)
              .createProcessInstanceQuery()
              .processDefinitionKey("WriterSwitchProcess")
              .list();
      for (ProcessInstance instance : left) {
        System.out.println("RESULT " + repli.result(instance.getId()));
      }
      System.out.println("RESUMED " + (System.nanoTime() - ready));
    }
    System.exit(0);
  }

  private static final class DiesInTheFence implements SwitchObserver {
    @Override
    public void after(SwitchRequest request, Phase phase) {
      if (phase == Phase.FENCE) {
        Runtime.getRuntime().halt(137);
      }
    }
  }
}
