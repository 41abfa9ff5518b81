-- Who works at a comparison, and until when somebody waits for it. An owner is one life of one
-- Repli; none is empty. When the last beat is too old, another Repli takes the comparison over.
create table repli_comparison_claim (
  comparison_id varchar(120) not null,
  owner         varchar(40)  not null,
  beat_at       bigint       not null,
  wanted_until  bigint       not null,
  primary key (comparison_id)
);
