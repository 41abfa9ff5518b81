package dev.repli.delta.imports;

/** Others use what is held in Repli's own database; nothing was kept. Tried again. */
public final class HeldBusyException extends ImportException {
  private static final long serialVersionUID = 1L;

  public HeldBusyException(ImportId id) {
    super(
        "import "
            + id
            + ": what it holds is in use in Repli's own database (people decide about it, or another"
            + " Repli is at it); nothing was kept, and it is tried again");
  }
}
