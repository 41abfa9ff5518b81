package dev.repli.longwork;

class InMemoryWorkRecordsTest extends WorkRecordsContract {
  @Override
  protected WorkRecords records() {
    return new InMemoryWorkRecords();
  }
}
