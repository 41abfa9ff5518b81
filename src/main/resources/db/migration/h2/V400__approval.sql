-- Who answered which question of a run. "decision" is the task of the first of two answers:
-- with it the database itself refuses both answers from one person.
CREATE TABLE approval (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_key VARCHAR(120) NOT NULL,
  question VARCHAR(120) NOT NULL,
  task VARCHAR(64) NOT NULL,
  decision VARCHAR(64) NOT NULL,
  who VARCHAR(64) NOT NULL,
  given_at TIMESTAMP(3) NOT NULL,
  answer VARCHAR(20) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  CONSTRAINT approval_once UNIQUE (task),
  CONSTRAINT approval_four_eyes UNIQUE (decision, who)
);
CREATE INDEX approval_run ON approval (run_key);
