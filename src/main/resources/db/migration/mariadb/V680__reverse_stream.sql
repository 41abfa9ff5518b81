-- Repli's own streams from targets back to sources, and which node runs each.
create table repli_reverse_stream (
  plan_id          varchar(64)   not null,
  import_id        varchar(120)  not null,
  from_kind        varchar(20)   not null,
  from_position    longtext not null,
  wanted           boolean       not null,
  owner            varchar(64)   not null,
  lease_until      datetime(3) not null,
  state            varchar(12)   not null,
  reached_kind     varchar(20)   not null,
  reached_position longtext not null,
  reported_at      datetime(3) not null,
  extracted        bigint        not null,
  applied          bigint        not null,
  already_there    bigint        not null,
  abandoned        bigint        not null,
  held             bigint        not null,
  why              varchar(1000) not null,
  primary key (plan_id)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
