-- Who does which long work of a run, and how far it is. The token grows with each Repli that takes
-- the work; whatever carries an older one changes nothing.
create table repli_work (
  run_key  varchar(120)  not null,
  work     varchar(60)   not null,
  token    bigint        not null,
  node     varchar(120)  not null,
  state    varchar(10)   not null,
  done     bigint        not null,
  of_all   bigint        not null,
  unit     varchar(20)   not null,
  first_at bigint        not null,
  begun_at bigint        not null,
  beat_at  bigint        not null,
  said     varchar(2000) not null,
  primary key (run_key, work)
);
