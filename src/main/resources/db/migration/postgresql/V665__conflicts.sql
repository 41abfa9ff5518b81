-- What people decided about held changes; null while a change waits.
alter table repli_held_change add column decision varchar(12);
alter table repli_held_change add column decided_by varchar(64);
alter table repli_held_change add column rule_id varchar(64);
alter table repli_held_change add column decided_at timestamp(3);
-- whose people decide about an import
create table repli_conflict_case (
  import_id varchar(120) not null,
  run_key   varchar(120) not null,
  plan_id   varchar(64)  not null,
  plan_hash varchar(64)  not null,
  turn      bigint       not null,
  primary key (import_id)
);
create index repli_conflict_run on repli_conflict_case (run_key, turn);
-- rules for many conflicts; nothing is decided by one without an approval
create table repli_conflict_rule (
  rule_id     varchar(64)   not null,
  run_key     varchar(120)  not null,
  kind        varchar(20)   not null,
  table_name  varchar(130)  not null,
  column_name varchar(64)   not null,
  proposed_by varchar(64)   not null,
  reason      varchar(2000) not null,
  proposed_at timestamp(3) not null,
  primary key (rule_id)
);
create index repli_conflict_rule_run on repli_conflict_rule (run_key);
