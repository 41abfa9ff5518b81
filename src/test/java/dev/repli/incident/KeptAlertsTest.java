package dev.repli.incident;

class KeptAlertsTest extends AlertLedgerContract {
  private final KeptAlerts ledger = new KeptAlerts();

  @Override
  protected AlertLedger ledger() {
    return ledger;
  }
}
