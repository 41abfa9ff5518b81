package dev.repli.delta.imports.jdbc;

import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.PlainCheck;
import dev.repli.plan.Node;
import java.util.concurrent.locks.LockSupport;

/** An import in a process of its own, which is killed. */
public final class ImportChild {
  private ImportChild() {}

  /** Arguments: address of Repli's database, port of the server, seed. */
  public static void main(String[] args) {
    HeldChanges held = ImportLab.held(args[0]);
    Node node = ImportLab.node(Node.Kind.MARIADB, Integer.parseInt(args[1]));
    PlainCheck check = KilledImportIT.check(Long.parseLong(args[2]));
    System.out.println("begins");
    new ImportDelta(ImportLab.target(), held, pause -> LockSupport.parkNanos(pause.toNanos()))
        .run(
            ImportLab.request(node, "things"),
            check.history,
            counts -> {
              System.out.println("committed " + counts.extracted());
              return true;
            });
    System.out.println("ended");
  }
}
