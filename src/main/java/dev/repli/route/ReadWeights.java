package dev.repli.route;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Weights by which a route spreads new reads over its readers.
 *
 * @param target weight of the plan's target
 * @param others weight of every other reader, by the route's name for it
 */
public record ReadWeights(int target, Map<String, Integer> others) {
  /** The largest weight that every route knows. */
  private static final int LARGEST = 256;

  private static final String ITEM = ";";
  private static final String IS = "=";

  public ReadWeights {
    others = Map.copyOf(others);
  }

  /** Part of new reads that the target gets, in percent. */
  public double targetShare() {
    long all = (long) target + sumOfOthers();
    return all == 0 ? 0 : 100.0 * target / all;
  }

  /** Whether anybody but the target gets reads, so that there is something to move. */
  public boolean hasOthers() {
    return sumOfOthers() > 0;
  }

  private int sumOfOthers() {
    return others.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The target gets this share, the others the rest in proportion to their weights here. Rounded to
   * weights of at most 256, which is off by less than half a percent of all reads.
   *
   * @param percent 0 to 100
   */
  public ReadWeights withTargetShare(int percent) {
    if (percent == 0) {
      return new ReadWeights(0, others);
    }
    Map<String, Long> exact = new TreeMap<>();
    others.forEach((name, weight) -> exact.put(name, (long) weight * (100 - percent)));
    long wanted = (long) sumOfOthers() * percent;
    long most = exact.values().stream().reduce(wanted, Math::max);
    Map<String, Integer> scaled = new TreeMap<>();
    exact.forEach((name, weight) -> scaled.put(name, scaled(weight, most)));
    return new ReadWeights(scaled(wanted, most), scaled);
  }

  /** What gets anything keeps getting something. */
  private static int scaled(long weight, long most) {
    if (most <= LARGEST || weight == 0) {
      return Math.toIntExact(weight);
    }
    return Math.toIntExact(Math.max(1, Math.round((double) weight * LARGEST / most)));
  }

  /** Whether a route that has these weights does as this says; readers may come and go. */
  public boolean holdIn(ReadWeights now) {
    return now.target() == target
        && others.entrySet().stream()
            .allMatch(
                wanted ->
                    now.others()
                        .getOrDefault(wanted.getKey(), wanted.getValue())
                        .equals(wanted.getValue()));
  }

  /** As kept with a run: {@code target=5;db1.example:3306=95}. */
  @Override
  public String toString() {
    return new TreeMap<>(others)
        .entrySet().stream()
            .map(reader -> ITEM + reader.getKey() + IS + reader.getValue())
            .collect(Collectors.joining("", "target" + IS + target, ""));
  }

  /**
   * Reads {@link #toString} back.
   *
   * @throws NumberFormatException when it is not that
   */
  public static ReadWeights parse(String text) {
    Map<String, Integer> others = new TreeMap<>();
    int target = 0;
    String[] items = text.split(ITEM, -1);
    for (int index = 0; index < items.length; index++) {
      int at = items[index].lastIndexOf(IS);
      int weight = Integer.parseInt(items[index].substring(at + 1));
      if (index == 0) {
        target = weight;
      } else {
        others.put(items[index].substring(0, at), weight);
      }
    }
    return new ReadWeights(target, others);
  }
}
