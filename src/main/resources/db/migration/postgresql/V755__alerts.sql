-- Alerts that a plan knows: which of them fire, and when those that are over ended. Kept, so that no
-- restart and no second Repli ends an incident while another alert of it still fires.
create table repli_alert (
  plan_id   varchar(41) not null,
  alert_id  varchar(64) not null,
  criterion varchar(40) not null,
  firing    boolean     not null,
  at_ms     bigint      not null,
  run_key   varchar(120) not null,
  primary key (plan_id, alert_id)
);
create index repli_alert_firing on repli_alert (plan_id, firing, criterion);
