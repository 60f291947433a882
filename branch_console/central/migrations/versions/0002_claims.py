"""Guarded counters, holds, facts of people, the mirror of claims by right, and the filter of what has been claimed."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PARTITIONS = 8

PARTITIONED = ("cap_use", "person_fact", "claim_right", "claim_right_key")

SCHEMA = """
ALTER TABLE writer ADD COLUMN settled_epoch text, ADD COLUMN settled_at timestamptz;
COMMENT ON COLUMN writer.settled_at IS
    'when, and settled_epoch in which epoch, it was last seen with nothing that central did not hold';
ALTER TABLE branch ADD COLUMN region text NOT NULL DEFAULT '';
COMMENT ON COLUMN branch.region IS
    'what staff of other branches are told of where a gift was given; empty = the code without its number';
CREATE TABLE campaign (
    id text COLLATE "C" PRIMARY KEY,
    status text NOT NULL,
    version integer NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE cap_use (
    campaign text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    win text COLLATE "C" NOT NULL,
    used bigint NOT NULL,
    cap bigint NOT NULL,
    PRIMARY KEY (key, campaign, scope, win),
    CHECK (used >= 0 AND used <= cap)
) PARTITION BY HASH (key);
COMMENT ON TABLE cap_use IS
    'how often a right was used: of a person (key) or, with an empty key, the quantity and the budget of a campaign';
CREATE TABLE hold (
    id uuid PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    staff text NOT NULL,
    campaign text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    request text NOT NULL,
    person text COLLATE "C" NOT NULL,
    keys jsonb NOT NULL,
    uses jsonb NOT NULL,
    on_day date NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'consumed', 'released', 'expired', 'set_off')),
    epoch text NOT NULL,
    held_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
COMMENT ON COLUMN hold.id IS 'that of the claim that it is for';
COMMENT ON COLUMN hold.person IS 'the key by which the campaign recognises a person';
COMMENT ON COLUMN hold.state IS 'set_off: refused, because the right paid for an earlier duplicate';
COMMENT ON COLUMN hold.request IS 'SHA-256 of what was asked: the same id for something else is refused';
COMMENT ON COLUMN hold.uses IS 'the counters that it took, to be given back';
CREATE INDEX hold_open ON hold (terminal, expires_at) WHERE state = 'held';
CREATE INDEX hold_person ON hold (person, campaign) WHERE state = 'held';
CREATE INDEX hold_ended ON hold (ended_at) WHERE state <> 'held';
CREATE TABLE fact_import (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    rows integer NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE person_fact (
    person text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    value jsonb NOT NULL,
    as_of timestamptz NOT NULL,
    source text NOT NULL,
    import bigint NOT NULL,
    PRIMARY KEY (person, name)
) PARTITION BY HASH (person);
COMMENT ON COLUMN person_fact.person IS 'keyed hash of a document, phone or wallet number; the number is nowhere';
CREATE INDEX person_fact_import ON person_fact (import);
CREATE INDEX person_fact_insider ON person_fact (person) WHERE name = 'insider' AND value = 'true';
CREATE TABLE claim_right (
    claim uuid PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    staff text,
    campaign text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    rule_hash text NOT NULL,
    keys jsonb NOT NULL,
    right_kind text NOT NULL,
    right_id text,
    right_epoch text,
    status text NOT NULL,
    uses_right boolean NOT NULL,
    quantity integer NOT NULL,
    on_day date NOT NULL,
    value_fen bigint NOT NULL DEFAULT 0,
    cost_fen bigint NOT NULL DEFAULT 0,
    number text,
    outcome text,
    updated_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY HASH (claim);
COMMENT ON TABLE claim_right IS 'every claim as last folded, as far as rights are concerned';
COMMENT ON COLUMN claim_right.uses_right IS 'whether it stands against the caps of its campaign';
CREATE INDEX claim_right_branch ON claim_right (branch, campaign);
CREATE TABLE claim_right_key (
    scope text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    claim uuid NOT NULL,
    noted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (key, scope, claim)
) PARTITION BY HASH (key);
COMMENT ON COLUMN claim_right_key.noted IS 'has been taken into claimed_member';
CREATE INDEX claim_right_key_new ON claim_right_key (claim) WHERE NOT noted;
CREATE TABLE claimed_member (
    sequence bigint NOT NULL,
    member bigint NOT NULL,
    PRIMARY KEY (sequence, member)
);
COMMENT ON TABLE claimed_member IS 'what was claimed since the oldest filter that is kept; sequence rises with commits';
CREATE TABLE claimed_filter (
    sequence bigint PRIMARY KEY,
    epoch text NOT NULL,
    built_at timestamptz NOT NULL,
    content bytea NOT NULL
);
"""


def upgrade() -> None:
    """Create everything."""
    op.execute(SCHEMA)
    for table in PARTITIONED:
        for part in range(PARTITIONS):
            op.execute(
                f"CREATE TABLE {table}_{part} PARTITION OF {table}"
                f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
                + (" WITH (fillfactor = 50)" if table == "cap_use" else "")
            )
