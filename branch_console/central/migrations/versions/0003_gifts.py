"""Campaigns and their life, rulings on claims, leases, entitlements, attested facts, and the mirror of the stock."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTITIONS = 8

PARTITIONED = ("stock_move", "stock_balance")

SCHEMA = """
ALTER TABLE campaign ADD COLUMN why text;
COMMENT ON COLUMN campaign.why IS 'why it was paused or ended, as the branches are told';
ALTER TABLE person_fact ADD COLUMN kind text NOT NULL DEFAULT '';
COMMENT ON COLUMN person_fact.kind IS 'of what number the person is the hash: document, phone or wallet';
CREATE TABLE campaign_version (
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    content text NOT NULL,
    sha256 text NOT NULL,
    rule_hash text NOT NULL,
    author text NOT NULL,
    state text NOT NULL,
    branches text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    dry_run jsonb,
    submitted_at timestamptz,
    approved_by text,
    approved_at timestamptz,
    legal text,
    relaxes boolean,
    bound_count bigint,
    bound_fen bigint,
    entitled_import bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (id, version)
);
COMMENT ON TABLE campaign_version IS 'every version of every campaign; the content of one never changes once submitted';
COMMENT ON COLUMN campaign_version.branches IS 'to which branches it is published; null = all';
COMMENT ON COLUMN campaign_version.entitled_import IS 'the last import of facts over which entitlements were issued';
CREATE TABLE campaign_said (
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    campaign text COLLATE "C" NOT NULL,
    said jsonb NOT NULL,
    PRIMARY KEY (branch, campaign)
);
COMMENT ON TABLE campaign_said IS 'what a branch was last told of a campaign (campaign.status_changed)';
CREATE TABLE claim_queue (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    claim uuid NOT NULL,
    campaign text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL
);
COMMENT ON TABLE claim_queue IS
    'claims that changed; rows are only added and taken away, so that a push never waits for the one who rules';
CREATE INDEX claim_queue_person ON claim_queue (campaign, person);
CREATE TABLE claim_ruling (
    claim uuid NOT NULL,
    stage text NOT NULL CHECK (stage IN ('voucher', 'gift')),
    branch text COLLATE "C" NOT NULL,
    campaign text COLLATE "C" NOT NULL,
    terminal text COLLATE "C" NOT NULL,
    staff text,
    outcome text NOT NULL,
    why text NOT NULL,
    excess boolean NOT NULL,
    uses jsonb NOT NULL,
    lease uuid,
    ruled_at timestamptz NOT NULL DEFAULT now(),
    given_back_at timestamptz,
    PRIMARY KEY (claim, stage)
);
COMMENT ON COLUMN claim_ruling.uses IS 'the counters that the claim took, to be given back when it no longer stands';
CREATE INDEX claim_ruling_refused ON claim_ruling (terminal, staff, ruled_at) WHERE outcome <> 'confirmed';
CREATE TABLE claim_offset (
    claim uuid PRIMARY KEY,
    grp text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    used_for text
);
COMMENT ON TABLE claim_offset IS
    'duplicates that are set off against the next right of the same person in the same group of campaigns';
CREATE INDEX claim_offset_open ON claim_offset (key, scope, grp) WHERE used_for IS NULL;
CREATE TABLE right_queue (
    place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL
);
COMMENT ON TABLE right_queue IS 'leases and attestations of which terminals have written something';
CREATE TABLE lease (
    id uuid PRIMARY KEY,
    campaign text COLLATE "C" NOT NULL,
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    terminal text COLLATE "C" NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_cost_fen bigint NOT NULL,
    uses jsonb NOT NULL,
    epoch text NOT NULL,
    expires_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'recalled', 'used_up', 'returned', 'written_off')),
    ruled integer NOT NULL DEFAULT 0,
    used integer,
    granted_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    CHECK (ruled <= quantity)
);
COMMENT ON COLUMN lease.ruled IS 'claims under it that have been ruled on';
COMMENT ON COLUMN lease.used IS 'as the terminal said when it returned it, or as the claims show';
CREATE UNIQUE INDEX lease_one ON lease (campaign, terminal) WHERE status IN ('open', 'recalled');
CREATE TABLE entitlement (
    id uuid PRIMARY KEY,
    campaign text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    branch text COLLATE "C" NOT NULL REFERENCES branch,
    scope text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    uses jsonb NOT NULL,
    epoch text NOT NULL,
    expires_on date NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'used', 'moved_away')),
    issued_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX entitlement_one ON entitlement (campaign, key, scope) WHERE status = 'open';
CREATE INDEX entitlement_person ON entitlement (key, campaign);
CREATE TABLE attestation (
    branch text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    fact text NOT NULL,
    keys jsonb NOT NULL,
    value text NOT NULL,
    seen_at timestamptz NOT NULL,
    outcome text,
    PRIMARY KEY (branch, id)
);
CREATE INDEX attestation_open ON attestation (branch) WHERE outcome IS NULL;
CREATE TABLE stock_move (
    branch text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    sku text COLLATE "C" NOT NULL,
    lot text COLLATE "C" NOT NULL,
    expires_on text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    source text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    value_fen bigint NOT NULL,
    at text NOT NULL,
    terminal text NOT NULL,
    staff text,
    second_staff text,
    PRIMARY KEY (branch, subject, id)
) PARTITION BY HASH (branch);
COMMENT ON COLUMN stock_move.expires_on IS 'empty = it does not expire';
CREATE TABLE stock_balance (
    branch text COLLATE "C" NOT NULL,
    location text COLLATE "C" NOT NULL,
    sku text COLLATE "C" NOT NULL,
    lot text COLLATE "C" NOT NULL,
    expires_on text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL CHECK (quantity >= 0),
    short bigint NOT NULL CHECK (short >= 0),
    PRIMARY KEY (branch, location, sku, lot, expires_on),
    CHECK (quantity = 0 OR short = 0)
) PARTITION BY HASH (branch);
COMMENT ON COLUMN stock_balance.short IS
    'how much more has left than was there: in a branch a count must explain it; of the supplier, what it has sent';
"""


def upgrade() -> None:
    """Create everything."""
    op.execute(SCHEMA)
    for table in PARTITIONED:
        for part in range(PARTITIONS):
            op.execute(
                f"CREATE TABLE {table}_{part} PARTITION OF {table}"
                f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
                + (" WITH (fillfactor = 50)" if table == "stock_balance" else "")
            )
