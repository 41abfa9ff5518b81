package dev.repli.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Repli's main job on this machine: real servers, write traffic, and Repli, which takes an incident
 * and moves the writer or its release back, or cuts over and rolls back in turn. Ctrl-C ends it and
 * leaves nothing behind.
 */
public final class Demo {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENT = 2;
  private static final long END_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Resources resources = new Resources();
  private final PrintStream out;

  /** A signal ends the demo: what fails now fails because of that. */
  private volatile boolean ending;

  private Demo(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the demo until it is done or ended by a signal.
   *
   * @param program starts Repli with command line arguments of Spring
   * @return exit status: 0 only when the run ended as it should and no write was lost or doubled
   */
  public static int run(
      List<String> arguments,
      Function<String[], ConfigurableApplicationContext> program,
      PrintStream out) {
    DemoOptions options;
    try {
      options = DemoOptions.of(arguments);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return WRONG_ARGUMENT;
    }
    return new Demo(out).run(options, program);
  }

  private int run(DemoOptions options, Function<String[], ConfigurableApplicationContext> program) {
    Thread here = Thread.currentThread();
    // the traffic's client says itself what its connections got; the driver would say it again
    System.setProperty("mariadb.logging.disable", "true");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endBySignal(here), "demo-end"));
    try (resources) {
      Stage stage = Stage.set(options, resources, program, out);
      return show(options, stage).play() ? DONE : FAILED;
    } catch (InterruptedException e) {
      return FAILED;
    } catch (IOException | SQLException | RuntimeException e) {
      if (!ending) {
        out.println("The demo could not go on: " + withCauses(e));
      }
      return FAILED;
    } finally {
      ended.countDown();
    }
  }

  /** Spring's own message names only what could not start; the reason is the last cause. */
  private static String withCauses(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(cause -> Objects.requireNonNullElse(cause.getMessage(), cause.toString()))
        .distinct()
        .collect(Collectors.joining("\n  because "));
  }

  private Show show(DemoOptions options, Stage stage) {
    if (options.dryRun()) {
      return new DryRunShow(stage, options.runbook(), out);
    }
    if (options.kind() == DemoOptions.Kind.CUTOVER) {
      return new CutoverShow(stage, options.auto(), out);
    }
    if (options.kind() == DemoOptions.Kind.INCIDENT) {
      return new IncidentShow(stage, options.auto(), out);
    }
    if (!options.auto()) {
      return new OpenShow(stage, out);
    }
    return stage.servers() instanceof LabUpgrade server
        ? new InPlaceShow(stage, server, out)
        : new AutoShow(stage, out);
  }

  /**
   * On SIGINT or SIGTERM: the main thread stops what it is doing and takes everything down itself,
   * so that a server that is just being started is not forgotten.
   */
  private void endBySignal(Thread main) {
    if (ended.getCount() == 0) {
      return;
    }
    ending = true;
    out.println();
    out.println("Ending the demo …");
    main.interrupt();
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        resources.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.println("Everything that the demo started is stopped and removed.");
  }
}
