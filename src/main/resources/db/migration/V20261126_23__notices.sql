-- What channels are to tell, written in the transaction that changes an alert (an outbox).
CREATE TABLE notice (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    alert uuid,
    tenant text,
    domains text[] NOT NULL,
    severity text NOT NULL,
    state text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    json json NOT NULL
);
COMMENT ON COLUMN notice.tenant IS 'whose channels are told; null: those of the operator';
