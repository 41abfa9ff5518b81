-- How long each criterion of a plan is breached. held_ms is what was observed: time in which nobody
-- looked counts for at most as long as a metric is fresh.
create table repli_breach (
  plan_id    varchar(41) not null,
  criterion  varchar(40) not null,
  seen_value double precision not null,
  threshold  double precision,
  since_ms   bigint,
  held_ms    bigint not null,
  asserted   boolean not null,
  sample_at  bigint not null,
  seen_at    bigint not null,
  primary key (plan_id, criterion)
);
