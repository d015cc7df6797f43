CREATE TABLE saved_query (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    expression TEXT NOT NULL,
    coder_id INTEGER NOT NULL,
    CONSTRAINT pk_saved_query PRIMARY KEY (id),
    CONSTRAINT uq_saved_query_uid UNIQUE (uid),
    CONSTRAINT fk_saved_query_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE TABLE saved_set (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_saved_set PRIMARY KEY (id),
    CONSTRAINT uq_saved_set_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE saved_set_code (
    saved_set_id INTEGER NOT NULL,
    code_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_saved_set_code PRIMARY KEY (saved_set_id, code_id),
    CONSTRAINT fk_saved_set_code_saved_set_id FOREIGN KEY(saved_set_id) REFERENCES saved_set (id),
    CONSTRAINT fk_saved_set_code_code_id FOREIGN KEY(code_id) REFERENCES code (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE saved_set_source (
    saved_set_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_saved_set_source PRIMARY KEY (saved_set_id, source_id),
    CONSTRAINT fk_saved_set_source_saved_set_id FOREIGN KEY(saved_set_id) REFERENCES saved_set (id),
    CONSTRAINT fk_saved_set_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE segment (
    id INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    CONSTRAINT pk_segment PRIMARY KEY (id)
)
 STRICT;
