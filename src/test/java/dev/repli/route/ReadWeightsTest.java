package dev.repli.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadWeightsTest {
  private final ReadWeights one = new ReadWeights(0, Map.of("a", 1));
  private final ReadWeights many =
      new ReadWeights(7, Map.of("db1.example:3306", 100, "db3.example:3306", 50));

  @Test
  void givesTheTargetItsShareAndTheOthersTheRest() {
    assertThat(one.withTargetShare(5)).isEqualTo(new ReadWeights(5, Map.of("a", 95)));
    assertThat(one.withTargetShare(100)).isEqualTo(new ReadWeights(100, Map.of("a", 0)));
    assertThat(many.withTargetShare(0).others()).isEqualTo(many.others());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 10, 25, 50, 75, 99, 100})
  void staysWithinHalfAPercentAndWithinWeightsThatEveryRouteKnows(int percent) {
    ReadWeights asked = many.withTargetShare(percent);
    assertThat(asked.targetShare()).isCloseTo(percent, within(0.5));
    assertThat(asked.target()).isBetween(0, 256);
    assertThat(asked.others().values()).allMatch(weight -> weight >= 0 && weight <= 256);
  }

  @Test
  void keepsTheOthersProportion() {
    assertThat(many.withTargetShare(50).others())
        .containsOnly(Map.entry("db1.example:3306", 171), Map.entry("db3.example:3306", 85));
  }

  @Test
  void isKeptAsTextAndReadBack() {
    assertThat(many).hasToString("target=7;db1.example:3306=100;db3.example:3306=50");
    assertThat(ReadWeights.parse(many.toString())).isEqualTo(many);
    assertThat(ReadWeights.parse("target=0")).isEqualTo(new ReadWeights(0, Map.of()));
  }

  @Test
  void holdsWhileReadersComeAndGo() {
    assertThat(many.holdIn(new ReadWeights(7, Map.of("db1.example:3306", 100, "new", 3)))).isTrue();
    assertThat(many.holdIn(new ReadWeights(7, Map.of("db1.example:3306", 99)))).isFalse();
    assertThat(many.holdIn(new ReadWeights(6, many.others()))).isFalse();
  }

  @Test
  void knowsWhenThereIsNothingToMove() {
    assertThat(new ReadWeights(3, Map.of("a", 0)).hasOthers()).isFalse();
    assertThat(new ReadWeights(0, Map.of()).targetShare()).isZero();
    assertThat(one.hasOthers()).isTrue();
  }
}
