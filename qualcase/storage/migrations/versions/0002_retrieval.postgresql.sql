CREATE TABLE saved_query (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    expression TEXT NOT NULL,
    coder_id BIGINT NOT NULL,
    CONSTRAINT pk_saved_query PRIMARY KEY (id),
    CONSTRAINT uq_saved_query_uid UNIQUE (uid),
    CONSTRAINT fk_saved_query_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE TABLE saved_set (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_saved_set PRIMARY KEY (id),
    CONSTRAINT uq_saved_set_uid UNIQUE (uid)
);

CREATE TABLE saved_set_code (
    saved_set_id BIGINT NOT NULL,
    code_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_saved_set_code PRIMARY KEY (saved_set_id, code_id),
    CONSTRAINT fk_saved_set_code_saved_set_id FOREIGN KEY(saved_set_id) REFERENCES saved_set (id),
    CONSTRAINT fk_saved_set_code_code_id FOREIGN KEY(code_id) REFERENCES code (id)
);

CREATE TABLE saved_set_source (
    saved_set_id BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_saved_set_source PRIMARY KEY (saved_set_id, source_id),
    CONSTRAINT fk_saved_set_source_saved_set_id FOREIGN KEY(saved_set_id) REFERENCES saved_set (id),
    CONSTRAINT fk_saved_set_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE TABLE segment (
    id BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    CONSTRAINT pk_segment PRIMARY KEY (id)
);
