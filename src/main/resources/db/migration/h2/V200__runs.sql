-- Every run ever asked for: its key is used once, also after the engine has forgotten the instance.
create table repli_run (
  run_key             varchar(120) not null primary key,
  runbook             varchar(120) not null,
  plan_id             varchar(41)  not null,
  process_instance_id varchar(64),
  requested_by        varchar(255) not null,
  dry_run             boolean      not null,
  started_at          bigint       not null
);
create index repli_run_newest on repli_run (started_at);

-- The run that a plan is busy with, or the last one that it was busy with. Dry runs do not stand here.
create table repli_plan_claim (
  plan_id varchar(41)  not null primary key,
  run_key varchar(120) not null
);
