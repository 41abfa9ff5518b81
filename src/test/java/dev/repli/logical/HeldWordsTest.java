package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportResult.TooManyHeld;
import org.junit.jupiter.api.Test;

class HeldWordsTest {
  private static final ImportCounts SEEN = new ImportCounts(250_000, 140_000, 9_999, 0, 100_001);

  @Test
  void saysOfRowsFoundByTimeThatNobodyKnowsWhatTheyWere() {
    assertThat(HeldWords.tooMany(new TooManyHeld(ImportCounts.NONE, 100_000, SEEN), true))
        .startsWith("time columns cannot be used for so many changed rows")
        .contains("of the first 250000 rows", "100001 are on the source with other values")
        .contains("100000 is the most", "Nothing of it was imported")
        .contains("answer Abandon on Choose delta policy", "delta.tables of the plan")
        .doesNotContain("both sides");
  }

  @Test
  void saysOfRowsThatBothSidesChangedWhatStays() {
    ImportCounts before = new ImportCounts(240_000, 140_000, 9_999, 0, 90_001);

    for (boolean foundByTime : new boolean[] {false, true}) {
      assertThat(HeldWords.tooMany(new TooManyHeld(before, 100_000, SEEN), foundByTime))
          .contains("both sides changed their rows", "more than 100000")
          .contains("the 240000 changes before it stay")
          .contains("End this rollback. Then leave the target the writer");
    }
  }
}
