package dev.repli.logical;

/** Parts of the work on a delta; which one is due says a fact of the run. */
public enum DeltaPart {
  /** Read everything since the cutover into files. */
  EXTRACT,
  /** Import what is extracted and what comes meanwhile, until little is left. */
  IMPORT,
  /** After the switch: complete the files, and add everything up. */
  CLOSE;

  /** Name of the fact. */
  public static final String FACT = "deltaPart";
}
