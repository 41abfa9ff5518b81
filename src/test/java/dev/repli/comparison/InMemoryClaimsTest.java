package dev.repli.comparison;

class InMemoryClaimsTest extends ComparisonClaimsContract {
  @Override
  protected ComparisonClaims claims() {
    return new InMemoryClaims();
  }
}
