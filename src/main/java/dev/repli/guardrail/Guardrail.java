package dev.repli.guardrail;

/** One check. Judges what was read; reads nothing itself, waits for nothing. */
public interface Guardrail {
  About about();

  /**
   * Judges.
   *
   * @throws RuntimeException when it cannot judge, for example because a section could not be read;
   *     it is red then
   */
  Verdict check(Situation situation);
}
