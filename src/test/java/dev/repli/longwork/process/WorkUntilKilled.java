package dev.repli.longwork.process;

import dev.repli.engine.OnePlan;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkResult;
import dev.repli.longwork.WorkWatch;
import dev.repli.longwork.jdbc.RealWorkRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A Repli in a program of its own, whose work writes its name into a file again and again. */
final class WorkUntilKilled {
  private WorkUntilKilled() {}

  /**
   * @param arguments JDBC URL, name of this node, folder of the work
   */
  public static void main(String[] arguments) throws IOException {
    String url = arguments[0];
    String name = arguments[1];
    Path folder = Path.of(arguments[2]);
    WorkNode node =
        new WorkNode(
            url,
            name,
            RealWorkRecords.on(new DriverManagerDataSource(url, "sa", "")),
            new OnePlan(),
            new Writing(name, folder));
    node.clock.start();
    System.out.println("started");
    // ends when the test closes its end, or kills it
    while (System.in.read() >= 0) {
      System.out.flush();
    }
    node.close();
  }

  private record Writing(String name, Path folder) implements LongWork {
    @Override
    public WorkResult perform(WorkOrder order, WorkWatch watch) {
      while (!Files.exists(folder.resolve("finish"))) {
        watch.mine();
        write(name);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      return new WorkResult.Done();
    }

    private void write(String line) {
      try {
        Files.writeString(
            folder.resolve("acts"),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String hint() {
      return "";
    }
  }
}
