-- Comparisons of the two nodes of a plan, how far each table is, and the rows that differ.
create table repli_comparison (
  id         varchar(120) not null,
  plan_id    varchar(64)  not null,
  from_role  varchar(10)  not null,
  to_role    varchar(10)  not null,
  started_at bigint       not null,
  ended_at   bigint,
  primary key (id)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
create index repli_comparison_newest on repli_comparison (plan_id, ended_at);
-- next_key: where to go on; verdict: none while it is not decided
create table repli_comparison_table (
  comparison_id varchar(120) not null,
  schema_name   varchar(64)  not null,
  table_name    varchar(64)  not null,
  verdict       varchar(10),
  method        varchar(10),
  rows_read     bigint       not null,
  next_key      varchar(8000),
  has_more      boolean      not null,
  notes         varchar(4000),
  primary key (comparison_id, schema_name, table_name)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
create table repli_comparison_row (
  comparison_id varchar(120)  not null,
  schema_name   varchar(64)   not null,
  table_name    varchar(64)   not null,
  row_no        int           not null,
  row_key       varchar(1000) not null,
  side          varchar(10)   not null,
  column_names  varchar(4000) not null,
  primary key (comparison_id, schema_name, table_name, row_no)
) engine = InnoDB character set utf8mb4 collate utf8mb4_bin;
