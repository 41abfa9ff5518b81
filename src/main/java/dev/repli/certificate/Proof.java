package dev.repli.certificate;

import dev.repli.rollback.Finding;
import java.util.List;

/** One thing that has to be true for the way back to work. What cannot be checked is bad. */
interface Proof {
  /** May write canary rows; everything else only looks. */
  List<Finding> inspect(Situation situation);
}
