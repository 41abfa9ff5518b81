-- Changes that an import did not apply, kept for people. The values of rows are
-- here and in the nodes, nowhere else.
create table repli_held_change (
  import_id   varchar(120) not null,
  change_no   bigint       not null,
  group_no    bigint       not null,
  kind        varchar(12)  not null,
  table_name  varchar(130) not null,
  verb        varchar(6)   not null,
  shape_hash  varchar(64)  not null,
  row_before  text,
  row_after   text,
  row_now     text,
  error       varchar(2000) not null,
  primary key (import_id, change_no)
);
create index repli_held_group on repli_held_change (import_id, group_no, change_no);
-- shape of a table as of its changes
create table repli_held_shape (
  import_id  varchar(120) not null,
  shape_hash varchar(64)  not null,
  shape      text not null,
  primary key (import_id, shape_hash)
);
-- every row of which a change waits for a decision
create table repli_held_row (
  import_id varchar(120) not null,
  row_hash  varchar(64)  not null,
  group_no  bigint       not null,
  change_no bigint       not null,
  primary key (import_id, row_hash)
);
