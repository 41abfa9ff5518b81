-- Numbers over time, kept for a week.
create table repli_sample (
  plan_id varchar(41) not null,
  series  varchar(20) not null,
  at_ms   bigint      not null,
  seen    double precision not null,
  constraint repli_sample_once primary key (plan_id, series, at_ms)
);
create index repli_sample_age on repli_sample (at_ms);

-- One post-mortem of each rollback: what Repli drafted, what people wrote, what came of it.
create table repli_post_mortem (
  rollback_key varchar(120) not null primary key,
  run_key      varchar(120) not null,
  plan_id      varchar(41)  not null,
  state        varchar(10)  not null,
  made_at      bigint       not null,
  author       varchar(120) not null,
  words        clob not null,
  markdown     clob not null,
  html         clob not null,
  charts       clob not null
);
create index repli_post_mortem_run on repli_post_mortem (run_key);

-- What people promised in it.
create table repli_post_mortem_action (
  rollback_key varchar(120)  not null,
  place        int           not null,
  owner        varchar(120)  not null,
  due_on       varchar(10)   not null,
  what         varchar(500)  not null,
  state        varchar(10)   not null,
  constraint repli_post_mortem_action_once primary key (rollback_key, place)
);
