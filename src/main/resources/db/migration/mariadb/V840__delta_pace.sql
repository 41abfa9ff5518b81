-- How fast parts of deltas were read and imported, by which the time of the next one is told.
create table repli_delta_pace (
  id           bigint       not null auto_increment primary key,
  plan_id      varchar(120) not null,
  part         varchar(10)  not null,
  run_key      varchar(120) not null,
  changes      bigint       not null,
  transactions bigint       not null,
  took_ms      bigint       not null,
  ended_at     bigint       not null
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
create index repli_delta_pace_newest on repli_delta_pace (plan_id, part, ended_at);
