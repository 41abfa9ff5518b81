package dev.repli.backup;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostFiles;
import dev.repli.host.HostResult;
import dev.repli.plan.Machine;
import java.nio.file.Path;

/** Makes a data directory of a backup, beside the one that is in use. */
public final class BackupRestore {
  private final Host host;
  private final Machine machine;
  private final Path mark;

  /**
   * @param mark under which its programs run, see {@link HostCommand}
   */
  public BackupRestore(Host host, Machine machine, Path mark) {
    this.host = host;
    this.machine = machine;
    this.mark = mark;
  }

  /**
   * Unpacks and prepares; the files belong to the server's user afterwards.
   *
   * @param into is there and empty
   * @param unpacked told before it is prepared, which takes long and adds nothing to its size
   * @throws HostException when the machine could not do it, which says nothing of the backup
   * @throws RuntimeException when the backup cannot be restored; the directory is of no use then
   */
  public void into(Backup backup, Path into, Cancellation cancellation, Runnable unpacked) {
    unpack(backup, into, cancellation);
    unpacked.run();
    prepare(into, cancellation);
  }

  /**
   * What it says of itself; preparing leaves that where it is, but nobody promises that it does.
   */
  BackupInfo unpacked(Backup backup, Path into, Cancellation cancellation) {
    unpack(backup, into, cancellation);
    return BackupInfo.read(new HostFiles(host), into);
  }

  private void unpack(Backup backup, Path into, Cancellation cancellation) {
    run(tools().unpack(backup, into).marked(mark), "cannot be unpacked", cancellation);
  }

  void prepare(Path into, Cancellation cancellation) {
    run(tools().prepare(into).marked(mark), "cannot be prepared", cancellation);
    new HostFiles(host).own(into, machine.owner());
  }

  private BackupTools tools() {
    return new BackupTools(machine.previous().orElseThrow());
  }

  private void run(HostCommand command, String why, Cancellation cancellation) {
    HostResult result = host.run(command, Host.Streams.KEPT, cancellation);
    if (result.cutShort()) {
      throw new HostException(
          host.label(),
          "restore a backup, which " + why,
          result.why() + "; that says nothing of the backup",
          HostException.Action.REPAIR_TARGET);
    }
    if (!result.good()) {
      throw new BackupException(why + ": " + result.why());
    }
  }
}
