package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GtidsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-51-100       | 0-51-107       | 7",
        "0-51-100       | 0-52-107       | 7",
        "0-51-100,1-7-5 | 0-51-100,1-7-9 | 4",
        "''             | 0-51-3         | 3",
        "0-51-100       | 0-51-100,2-9-6 | 6",
        "0-51-100       | 0-51-100       | 0",
        "0-51-100       | ''             | 0",
      })
  void countsTransactionsFromOnePositionToALaterOne(String from, String to, long transactions) {
    assertThat(Gtids.between(from, to)).isEqualTo(transactions);
  }

  @Test
  void comparesListsWhateverTheirOrder() {
    assertThat(Gtids.same("0-1-5,1-2-3", "1-2-3,0-1-5")).isTrue();
    assertThat(Gtids.same("", "")).isTrue();
    assertThat(Gtids.same("0-1-5", "0-1-6")).isFalse();
    assertThat(Gtids.same("0-1-5", "0-2-5")).isFalse();
  }

  @Test
  void namesTheDomainsThatHaveMoved() {
    assertThat(Gtids.moved("0-1-100,7-3-5", "0-2-103,7-3-5")).isEqualTo("0-2-103");
    assertThat(Gtids.moved("", "0-1-3,7-3-5")).isEqualTo("0-1-3,7-3-5");
    assertThat(Gtids.moved("0-1-3", "0-1-3")).isEmpty();
  }

  @Test
  void standsAtTheBackupInDomainsThatWereSilentSince() {
    assertThat(Gtids.over("0-1-100,7-3-5", "")).isEqualTo("0-1-100,7-3-5");
    assertThat(Gtids.over("0-1-100,7-3-5", "0-2-103")).isEqualTo("0-2-103,7-3-5");
    assertThat(Gtids.over("", "0-2-3")).isEqualTo("0-2-3");
  }
}
