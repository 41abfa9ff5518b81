package dev.repli.reads;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the probe saw of one route.
 *
 * @param since from when on it looked, or was asked about; what was before is not in it
 * @param samples in the order in which they began
 */
public record ReadWindow(Instant since, List<ReadSample> samples) {
  public ReadWindow {
    samples = List.copyOf(samples);
  }

  public int count() {
    return samples.size();
  }

  public int failed() {
    return Math.toIntExact(samples.stream().filter(ReadSample::failed).count());
  }

  /** Share of the reads that failed, 0 to 1; 0 when there were none. */
  public double failedShare() {
    return count() == 0 ? 0 : (double) failed() / count();
  }

  /** How long the answers of one server took. */
  public Latency answeredBy(long serverId) {
    return Latency.of(
        samples.stream()
            .filter(sample -> !sample.failed() && sample.serverId() == serverId)
            .map(ReadSample::took)
            .toList());
  }

  /** How long all answers took, whoever gave them. */
  public Latency answered() {
    return Latency.of(
        samples.stream().filter(sample -> !sample.failed()).map(ReadSample::took).toList());
  }

  public Optional<Instant> newest() {
    return samples.stream().map(ReadSample::at).reduce((one, later) -> later);
  }

  /** What the newest failure said. */
  public Optional<String> lastError() {
    return samples.stream()
        .filter(ReadSample::failed)
        .map(ReadSample::error)
        .reduce((one, later) -> later);
  }
}
