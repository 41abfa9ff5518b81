package dev.repli.writerswitch;

/** The phases of the protocol, in order. One step of the process each. */
public enum Phase {
  PREPARE,
  ARM,
  HOLD,
  FENCE,
  MARK,
  CATCH_UP,
  SEAL,
  POINT_OF_NO_RETURN,
  OPEN,
  ROUTE,
  VERIFY,
  REVERSE,
  LEDGER
}
