package dev.repli.guardrail.schema;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Version;

/** How far a TIMESTAMP reaches, which is also where the period of a current row ends. */
enum VersionedRange {
  UNTIL_2038("its timestamps end 2038-01-19 03:14:07"),
  UNTIL_2106("its timestamps end 2106-02-07 06:28:15");

  private final String words;

  VersionedRange(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static VersionedRange of(NodeSurvey node) {
    Version version = node.server().get().version();
    return version.isMariaDb() && version.atLeast(11, 5) ? UNTIL_2106 : UNTIL_2038;
  }
}
