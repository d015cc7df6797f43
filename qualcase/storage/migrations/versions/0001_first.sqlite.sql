CREATE TABLE actor (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    label TEXT NOT NULL,
    type TEXT NOT NULL,
    sector TEXT,
    role TEXT,
    organisation_id INTEGER,
    interviewer INTEGER NOT NULL,
    note TEXT,
    CONSTRAINT pk_actor PRIMARY KEY (id),
    CONSTRAINT uq_actor_uid UNIQUE (uid),
    CONSTRAINT fk_actor_organisation_id FOREIGN KEY(organisation_id) REFERENCES actor (id)
)
 STRICT;

CREATE TABLE attribute (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    type TEXT NOT NULL,
    CONSTRAINT pk_attribute PRIMARY KEY (id),
    CONSTRAINT uq_attribute_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE codebook (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    rules TEXT,
    boundary_notes TEXT,
    attributes TEXT,
    crosswalks TEXT,
    note TEXT,
    CONSTRAINT pk_codebook PRIMARY KEY (id),
    CONSTRAINT uq_codebook_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE coder (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    CONSTRAINT pk_coder PRIMARY KEY (id),
    CONSTRAINT uq_coder_uid UNIQUE (uid),
    CONSTRAINT uq_coder_folded UNIQUE (folded)
)
 STRICT;

CREATE TABLE content (
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (id),
    CONSTRAINT uq_content_sha256 UNIQUE (sha256)
)
 STRICT;

CREATE TABLE head (
    id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    operations INTEGER NOT NULL,
    CONSTRAINT pk_head PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE original (
    id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB,
    CONSTRAINT pk_original PRIMARY KEY (id),
    CONSTRAINT uq_original_sha256 UNIQUE (sha256)
)
 STRICT;

CREATE TABLE phase (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    edtf TEXT,
    basis TEXT,
    opens_with_uid BLOB,
    closes_with_uid BLOB,
    discontinuity_open TEXT,
    discontinuity_close TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_phase PRIMARY KEY (id),
    CONSTRAINT uq_phase_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE project (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    settings TEXT,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE round (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    state TEXT NOT NULL,
    purpose TEXT,
    unit TEXT NOT NULL,
    seed INTEGER,
    codebook_version INTEGER NOT NULL,
    criterion TEXT,
    draw TEXT,
    CONSTRAINT pk_round PRIMARY KEY (id),
    CONSTRAINT uq_round_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE source (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    language TEXT,
    sha256 TEXT NOT NULL,
    date TEXT,
    earliest TEXT,
    latest TEXT,
    date_basis TEXT,
    informant TEXT,
    minutes REAL,
    first_timestamp TEXT,
    last_timestamp TEXT,
    warnings TEXT,
    metadata TEXT,
    position INTEGER NOT NULL,
    text_uid BLOB NOT NULL,
    CONSTRAINT pk_source PRIMARY KEY (id),
    CONSTRAINT uq_source_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE study_case (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_study_case PRIMARY KEY (id),
    CONSTRAINT uq_study_case_uid UNIQUE (uid)
)
 STRICT;

CREATE TABLE attribute_value (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    attribute_id INTEGER NOT NULL,
    owner_uid BLOB NOT NULL,
    text TEXT,
    number REAL,
    CONSTRAINT pk_attribute_value PRIMARY KEY (id),
    CONSTRAINT uq_attribute_value_uid UNIQUE (uid),
    CONSTRAINT fk_attribute_value_attribute_id FOREIGN KEY(attribute_id) REFERENCES attribute (id)
)
 STRICT;

CREATE INDEX ix_attribute_value_attribute_id ON attribute_value (attribute_id);

CREATE INDEX ix_attribute_value_owner ON attribute_value (owner_uid);

CREATE TABLE claim (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    text TEXT NOT NULL,
    predicted TEXT,
    rival_of_id INTEGER,
    coder_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_uid UNIQUE (uid),
    CONSTRAINT fk_claim_rival_of_id FOREIGN KEY(rival_of_id) REFERENCES claim (id),
    CONSTRAINT fk_claim_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE TABLE code (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    codebook_id INTEGER NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id INTEGER,
    kind TEXT NOT NULL,
    definition TEXT,
    include TEXT,
    exclude TEXT,
    key_phrases TEXT,
    examples TEXT,
    status TEXT NOT NULL,
    note TEXT,
    colour TEXT,
    position INTEGER NOT NULL,
    CONSTRAINT pk_code PRIMARY KEY (id),
    CONSTRAINT uq_code_uid UNIQUE (uid),
    CONSTRAINT fk_code_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id),
    CONSTRAINT fk_code_parent_id FOREIGN KEY(parent_id) REFERENCES code (id)
)
 STRICT;

CREATE INDEX ix_code_codebook_id ON code (codebook_id);

CREATE TABLE codebook_version (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    codebook_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    change TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    CONSTRAINT pk_codebook_version PRIMARY KEY (id),
    CONSTRAINT uq_codebook_version_uid UNIQUE (uid),
    CONSTRAINT fk_codebook_version_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id)
)
 STRICT;

CREATE INDEX ix_codebook_version_codebook_id ON codebook_version (codebook_id);

CREATE TABLE event (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    edtf TEXT,
    earliest TEXT,
    latest TEXT,
    basis TEXT,
    as_written TEXT,
    about_date TEXT,
    source_id INTEGER,
    start INTEGER,
    "end" INTEGER,
    quote TEXT,
    phase_id INTEGER,
    kind TEXT NOT NULL,
    extent TEXT NOT NULL,
    duration TEXT,
    valence TEXT,
    voice TEXT,
    note TEXT,
    turning_point INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT uq_event_uid UNIQUE (uid),
    CONSTRAINT fk_event_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_event_phase_id FOREIGN KEY(phase_id) REFERENCES phase (id)
)
 STRICT;

CREATE INDEX ix_event_source_id ON event (source_id);

CREATE TABLE memo (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    coder_id INTEGER NOT NULL,
    about_kind TEXT,
    about_uid BLOB,
    CONSTRAINT pk_memo PRIMARY KEY (id),
    CONSTRAINT uq_memo_uid UNIQUE (uid),
    CONSTRAINT fk_memo_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE TABLE operation (
    sequence INTEGER NOT NULL,
    uid BLOB NOT NULL,
    kind TEXT NOT NULL,
    coder_id INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    codebook_version INTEGER NOT NULL,
    target INTEGER,
    parents BLOB,
    nonce BLOB,
    body BLOB,
    body_hash BLOB,
    hash BLOB NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (sequence),
    CONSTRAINT uq_operation_uid UNIQUE (uid),
    CONSTRAINT fk_operation_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE TABLE round_coder (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    round_id INTEGER NOT NULL,
    coder_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    submission TEXT,
    reason TEXT,
    CONSTRAINT pk_round_coder PRIMARY KEY (id),
    CONSTRAINT uq_round_coder_uid UNIQUE (uid),
    CONSTRAINT fk_round_coder_round_id FOREIGN KEY(round_id) REFERENCES round (id),
    CONSTRAINT fk_round_coder_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE INDEX ix_round_coder_round_id ON round_coder (round_id);

CREATE TABLE round_source (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    round_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    CONSTRAINT pk_round_source PRIMARY KEY (id),
    CONSTRAINT uq_round_source_uid UNIQUE (uid),
    CONSTRAINT fk_round_source_round_id FOREIGN KEY(round_id) REFERENCES round (id),
    CONSTRAINT fk_round_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_round_source_round_id ON round_source (round_id);

CREATE TABLE source_done (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    source_id INTEGER NOT NULL,
    coder_id INTEGER NOT NULL,
    CONSTRAINT pk_source_done PRIMARY KEY (id),
    CONSTRAINT uq_source_done_uid UNIQUE (uid),
    CONSTRAINT fk_source_done_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_source_done_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE INDEX ix_source_done_source_id ON source_done (source_id);

CREATE TABLE speaker (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    source_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    actor_id INTEGER,
    CONSTRAINT pk_speaker PRIMARY KEY (id),
    CONSTRAINT uq_speaker_uid UNIQUE (uid),
    CONSTRAINT fk_speaker_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_speaker_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)
 STRICT;

CREATE INDEX ix_speaker_source_id ON speaker (source_id);

CREATE TABLE text_version (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    source_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    structure TEXT NOT NULL,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    offsets TEXT,
    CONSTRAINT pk_text_version PRIMARY KEY (id),
    CONSTRAINT uq_text_version_uid UNIQUE (uid),
    CONSTRAINT fk_text_version_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_text_version_source_id ON text_version (source_id);

CREATE TABLE block (
    text_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_block PRIMARY KEY (text_id, position),
    CONSTRAINT fk_block_text_id FOREIGN KEY(text_id) REFERENCES text_version (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE case_member (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    case_id INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    speaker_id INTEGER,
    turn INTEGER,
    CONSTRAINT pk_case_member PRIMARY KEY (id),
    CONSTRAINT uq_case_member_uid UNIQUE (uid),
    CONSTRAINT fk_case_member_case_id FOREIGN KEY(case_id) REFERENCES study_case (id),
    CONSTRAINT fk_case_member_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_case_member_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id)
)
 STRICT;

CREATE INDEX ix_case_member_case_id ON case_member (case_id);

CREATE INDEX ix_case_member_source_id ON case_member (source_id);

CREATE TABLE claim_evidence (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    claim_id INTEGER NOT NULL,
    evidence_kind TEXT NOT NULL,
    evidence_uid BLOB NOT NULL,
    bearing TEXT NOT NULL,
    voice TEXT,
    note TEXT,
    CONSTRAINT pk_claim_evidence PRIMARY KEY (id),
    CONSTRAINT uq_claim_evidence_uid UNIQUE (uid),
    CONSTRAINT fk_claim_evidence_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;

CREATE INDEX ix_claim_evidence_claim_id ON claim_evidence (claim_id);

CREATE TABLE coding (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    source_id INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code_id INTEGER NOT NULL,
    coder_id INTEGER NOT NULL,
    codebook_version INTEGER NOT NULL,
    layer TEXT,
    valence TEXT,
    stance TEXT,
    voice TEXT,
    weight REAL,
    "key" INTEGER,
    memo TEXT,
    origin TEXT,
    state TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    clock INTEGER NOT NULL,
    CONSTRAINT pk_coding PRIMARY KEY (id),
    CONSTRAINT fk_coding_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_coding_text_id FOREIGN KEY(text_id) REFERENCES text_version (id),
    CONSTRAINT fk_coding_code_id FOREIGN KEY(code_id) REFERENCES code (id),
    CONSTRAINT fk_coding_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id),
    CONSTRAINT fk_coding_since FOREIGN KEY(since) REFERENCES operation (sequence),
    CONSTRAINT fk_coding_until FOREIGN KEY(until) REFERENCES operation (sequence)
)
 STRICT;

CREATE INDEX ix_coding_code ON coding (code_id, source_id, start) WHERE until IS NULL;

CREATE INDEX ix_coding_source ON coding (source_id, start, "end", code_id, coder_id) WHERE until IS NULL;

CREATE INDEX ix_coding_uid ON coding (uid);

CREATE TABLE event_actor (
    event_id INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_event_actor PRIMARY KEY (event_id, actor_id),
    CONSTRAINT fk_event_actor_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_actor_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE event_code (
    event_id INTEGER NOT NULL,
    code_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_event_code PRIMARY KEY (event_id, code_id),
    CONSTRAINT fk_event_code_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_code_code_id FOREIGN KEY(code_id) REFERENCES code (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE event_link (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    source_event_id INTEGER NOT NULL,
    target_event_id INTEGER NOT NULL,
    type TEXT NOT NULL,
    basis TEXT NOT NULL,
    CONSTRAINT pk_event_link PRIMARY KEY (id),
    CONSTRAINT uq_event_link_uid UNIQUE (uid),
    CONSTRAINT fk_event_link_source_event_id FOREIGN KEY(source_event_id) REFERENCES event (id),
    CONSTRAINT fk_event_link_target_event_id FOREIGN KEY(target_event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_event_link_source_event_id ON event_link (source_event_id);

CREATE INDEX ix_event_link_target_event_id ON event_link (target_event_id);

CREATE TABLE sentence (
    text_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    CONSTRAINT pk_sentence PRIMARY KEY (text_id, position),
    CONSTRAINT fk_sentence_text_id FOREIGN KEY(text_id) REFERENCES text_version (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE suggestion_decision (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL,
    clock INTEGER NOT NULL,
    writer BLOB NOT NULL,
    deleted INTEGER DEFAULT 0 NOT NULL,
    source_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code_id INTEGER NOT NULL,
    coder_id INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    stage TEXT NOT NULL,
    score REAL,
    reasons TEXT,
    coding_uid BLOB,
    CONSTRAINT pk_suggestion_decision PRIMARY KEY (id),
    CONSTRAINT uq_suggestion_decision_uid UNIQUE (uid),
    CONSTRAINT fk_suggestion_decision_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_suggestion_decision_code_id FOREIGN KEY(code_id) REFERENCES code (id),
    CONSTRAINT fk_suggestion_decision_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
)
 STRICT;

CREATE INDEX ix_suggestion_decision_source_id ON suggestion_decision (source_id);

CREATE TABLE turn (
    text_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    speaker_id INTEGER,
    timestamp TEXT,
    seconds REAL,
    CONSTRAINT pk_turn PRIMARY KEY (text_id, position),
    CONSTRAINT fk_turn_text_id FOREIGN KEY(text_id) REFERENCES text_version (id),
    CONSTRAINT fk_turn_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id)
)
 WITHOUT ROWID,
 STRICT;
