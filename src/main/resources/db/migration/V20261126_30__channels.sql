-- Where people and programs are told what changed. A notice becomes a delivery for each channel that wants it; deliveries
-- become messages (one of its own, or many in a summary), which are sent until they are taken or a day is over.
CREATE TABLE channel (
    id uuid PRIMARY KEY,
    tenant text,
    name text NOT NULL,
    type text NOT NULL,
    enabled boolean NOT NULL,
    severity int NOT NULL,
    domains text[] NOT NULL,
    settings json NOT NULL,
    secrets json NOT NULL,
    created_at timestamptz NOT NULL,
    digest_at timestamptz,
    look_at timestamptz,
    push_at timestamptz,
    paused_until timestamptz,
    failures int NOT NULL DEFAULT 0,
    last_error text NOT NULL DEFAULT '',
    lease_owner uuid,
    lease_until timestamptz
);
COMMENT ON COLUMN channel.tenant IS 'whose it is; null: of the operator';
COMMENT ON COLUMN channel.severity IS 'the least severe that is told: 0 critical, 1 high, 2 medium, 3 low';
COMMENT ON COLUMN channel.domains IS 'the only ones it is told of, *.suffix for all below; empty is all';
COMMENT ON COLUMN channel.secrets IS 'never shown: addresses, keys';
COMMENT ON COLUMN channel.digest_at IS 'when the next digest is due';
COMMENT ON COLUMN channel.look_at IS 'what waits is held back until then, or until more comes';
COMMENT ON COLUMN channel.push_at IS 'when open alerts are next pushed again';
COMMENT ON COLUMN channel.paused_until IS 'the other side is broken: not before';

ALTER TABLE notice ADD COLUMN routed_at timestamptz;
CREATE INDEX notice_unrouted ON notice (seq) WHERE routed_at IS NULL;
CREATE INDEX notice_at ON notice (at);
CREATE INDEX notice_alert ON notice (alert) WHERE alert IS NOT NULL;

CREATE TABLE message (
    id uuid PRIMARY KEY,
    channel uuid NOT NULL REFERENCES channel ON DELETE CASCADE,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    alert uuid,
    severity text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    json json NOT NULL,
    notices int NOT NULL,
    created_at timestamptz NOT NULL,
    state text NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    next_at timestamptz,
    ended_at timestamptz,
    status int,
    answer text NOT NULL DEFAULT ''
);
COMMENT ON COLUMN message.state IS 'waiting, delivered or gave-up';
CREATE INDEX message_waiting ON message (channel, seq) WHERE state = 'waiting';
CREATE INDEX message_of_channel ON message (channel, created_at DESC, id);
CREATE INDEX message_ended ON message (ended_at);

CREATE TABLE delivery (
    channel uuid NOT NULL REFERENCES channel ON DELETE CASCADE,
    notice bigint NOT NULL REFERENCES notice ON DELETE CASCADE,
    message uuid REFERENCES message ON DELETE SET NULL,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (channel, notice)
);
COMMENT ON COLUMN delivery.done IS 'it is part of a message, or was found not worth one';
CREATE INDEX delivery_waiting ON delivery (channel, notice) WHERE NOT done;
CREATE INDEX delivery_notice ON delivery (notice);
CREATE INDEX delivery_message ON delivery (message);

-- The last word of each alert, for those who are told again and again what is open.
CREATE TABLE told_alert (
    alert uuid NOT NULL,
    tenant text NOT NULL,
    notice bigint NOT NULL REFERENCES notice ON DELETE CASCADE,
    since timestamptz NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (alert, tenant)
);
COMMENT ON COLUMN told_alert.tenant IS 'empty: of the operator';
CREATE INDEX told_alert_notice ON told_alert (notice);
