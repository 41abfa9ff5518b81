-- One row: the name under which every Repli that shares this database takes command of nodes.
create table repli_installation (
  id              int         not null primary key,
  installation_id varchar(36) not null
);
