package dev.repli.comparison;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Claims of several Repli in one memory. */
public final class InMemoryClaims implements ComparisonClaims {
  private record Claim(String owner, Instant beatAt, Instant wantedUntil) {}

  private final Map<ComparisonId, Claim> claims = new HashMap<>();

  @Override
  public synchronized boolean take(ComparisonId id, String owner, Instant now, Instant deadBefore) {
    Claim claim = claims.getOrDefault(id, new Claim("", now, Instant.EPOCH));
    boolean free = claim.owner().isEmpty() || claim.owner().equals(owner);
    if (!free && !claim.beatAt().isBefore(deadBefore)) {
      return false;
    }
    claims.put(id, new Claim(owner, now, claim.wantedUntil()));
    return true;
  }

  @Override
  public synchronized void beat(ComparisonId id, String owner, Instant now) {
    claims.computeIfPresent(
        id,
        (same, claim) ->
            claim.owner().equals(owner) ? new Claim(owner, now, claim.wantedUntil()) : claim);
  }

  @Override
  public synchronized void want(ComparisonId id, Instant until) {
    claims.computeIfPresent(
        id,
        (same, claim) ->
            until.isAfter(claim.wantedUntil())
                ? new Claim(claim.owner(), claim.beatAt(), until)
                : claim);
  }

  @Override
  public synchronized boolean goesOn(ComparisonId id, String owner, Instant now) {
    Claim claim = claims.get(id);
    return claim != null && claim.owner().equals(owner) && claim.wantedUntil().isAfter(now);
  }

  @Override
  public synchronized void release(ComparisonId id, String owner) {
    claims.computeIfPresent(
        id,
        (same, claim) ->
            claim.owner().equals(owner)
                ? new Claim("", claim.beatAt(), claim.wantedUntil())
                : claim);
  }
}
