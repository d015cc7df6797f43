CREATE TABLE actor (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    label TEXT NOT NULL,
    type TEXT NOT NULL,
    sector TEXT,
    role TEXT,
    organisation_id BIGINT,
    interviewer BIGINT NOT NULL,
    note TEXT,
    CONSTRAINT pk_actor PRIMARY KEY (id),
    CONSTRAINT uq_actor_uid UNIQUE (uid),
    CONSTRAINT fk_actor_organisation_id FOREIGN KEY(organisation_id) REFERENCES actor (id)
);

CREATE TABLE attribute (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    type TEXT NOT NULL,
    CONSTRAINT pk_attribute PRIMARY KEY (id),
    CONSTRAINT uq_attribute_uid UNIQUE (uid)
);

CREATE TABLE codebook (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    rules TEXT,
    boundary_notes TEXT,
    attributes TEXT,
    crosswalks TEXT,
    note TEXT,
    CONSTRAINT pk_codebook PRIMARY KEY (id),
    CONSTRAINT uq_codebook_uid UNIQUE (uid)
);

CREATE TABLE coder (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    CONSTRAINT pk_coder PRIMARY KEY (id),
    CONSTRAINT uq_coder_uid UNIQUE (uid),
    CONSTRAINT uq_coder_folded UNIQUE (folded)
);

CREATE TABLE content (
    id BIGSERIAL NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (id),
    CONSTRAINT uq_content_sha256 UNIQUE (sha256)
);

CREATE TABLE head (
    id BIGSERIAL NOT NULL,
    hash BYTEA NOT NULL,
    operations BIGINT NOT NULL,
    CONSTRAINT pk_head PRIMARY KEY (id)
);

CREATE TABLE original (
    id BIGSERIAL NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BYTEA,
    CONSTRAINT pk_original PRIMARY KEY (id),
    CONSTRAINT uq_original_sha256 UNIQUE (sha256)
);

CREATE TABLE phase (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    edtf TEXT,
    basis TEXT,
    opens_with_uid BYTEA,
    closes_with_uid BYTEA,
    discontinuity_open TEXT,
    discontinuity_close TEXT,
    position BIGINT NOT NULL,
    CONSTRAINT pk_phase PRIMARY KEY (id),
    CONSTRAINT uq_phase_uid UNIQUE (uid)
);

CREATE TABLE project (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    settings TEXT,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_uid UNIQUE (uid)
);

CREATE TABLE round (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    state TEXT NOT NULL,
    purpose TEXT,
    unit TEXT NOT NULL,
    seed BIGINT,
    codebook_version BIGINT NOT NULL,
    criterion TEXT,
    draw TEXT,
    CONSTRAINT pk_round PRIMARY KEY (id),
    CONSTRAINT uq_round_uid UNIQUE (uid)
);

CREATE TABLE source (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
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
    minutes DOUBLE PRECISION,
    first_timestamp TEXT,
    last_timestamp TEXT,
    warnings TEXT,
    metadata TEXT,
    position BIGINT NOT NULL,
    text_uid BYTEA NOT NULL,
    CONSTRAINT pk_source PRIMARY KEY (id),
    CONSTRAINT uq_source_uid UNIQUE (uid)
);

CREATE TABLE study_case (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_study_case PRIMARY KEY (id),
    CONSTRAINT uq_study_case_uid UNIQUE (uid)
);

CREATE TABLE attribute_value (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    attribute_id BIGINT NOT NULL,
    owner_uid BYTEA NOT NULL,
    text TEXT,
    number DOUBLE PRECISION,
    CONSTRAINT pk_attribute_value PRIMARY KEY (id),
    CONSTRAINT uq_attribute_value_uid UNIQUE (uid),
    CONSTRAINT fk_attribute_value_attribute_id FOREIGN KEY(attribute_id) REFERENCES attribute (id)
);

CREATE INDEX ix_attribute_value_attribute_id ON attribute_value (attribute_id);

CREATE INDEX ix_attribute_value_owner ON attribute_value (owner_uid);

CREATE TABLE claim (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    text TEXT NOT NULL,
    predicted TEXT,
    rival_of_id BIGINT,
    coder_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_uid UNIQUE (uid),
    CONSTRAINT fk_claim_rival_of_id FOREIGN KEY(rival_of_id) REFERENCES claim (id),
    CONSTRAINT fk_claim_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE TABLE code (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    codebook_id BIGINT NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id BIGINT,
    kind TEXT NOT NULL,
    definition TEXT,
    include TEXT,
    exclude TEXT,
    key_phrases TEXT,
    examples TEXT,
    status TEXT NOT NULL,
    note TEXT,
    colour TEXT,
    position BIGINT NOT NULL,
    CONSTRAINT pk_code PRIMARY KEY (id),
    CONSTRAINT uq_code_uid UNIQUE (uid),
    CONSTRAINT fk_code_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id),
    CONSTRAINT fk_code_parent_id FOREIGN KEY(parent_id) REFERENCES code (id)
);

CREATE INDEX ix_code_codebook_id ON code (codebook_id);

CREATE TABLE codebook_version (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    codebook_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    change TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    CONSTRAINT pk_codebook_version PRIMARY KEY (id),
    CONSTRAINT uq_codebook_version_uid UNIQUE (uid),
    CONSTRAINT fk_codebook_version_codebook_id FOREIGN KEY(codebook_id) REFERENCES codebook (id)
);

CREATE INDEX ix_codebook_version_codebook_id ON codebook_version (codebook_id);

CREATE TABLE event (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    edtf TEXT,
    earliest TEXT,
    latest TEXT,
    basis TEXT,
    as_written TEXT,
    about_date TEXT,
    source_id BIGINT,
    start BIGINT,
    "end" BIGINT,
    quote TEXT,
    phase_id BIGINT,
    kind TEXT NOT NULL,
    extent TEXT NOT NULL,
    duration TEXT,
    valence TEXT,
    voice TEXT,
    note TEXT,
    turning_point BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT uq_event_uid UNIQUE (uid),
    CONSTRAINT fk_event_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_event_phase_id FOREIGN KEY(phase_id) REFERENCES phase (id)
);

CREATE INDEX ix_event_source_id ON event (source_id);

CREATE TABLE memo (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    coder_id BIGINT NOT NULL,
    about_kind TEXT,
    about_uid BYTEA,
    CONSTRAINT pk_memo PRIMARY KEY (id),
    CONSTRAINT uq_memo_uid UNIQUE (uid),
    CONSTRAINT fk_memo_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE TABLE operation (
    sequence BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    kind TEXT NOT NULL,
    coder_id BIGINT NOT NULL,
    clock BIGINT NOT NULL,
    codebook_version BIGINT NOT NULL,
    target BIGINT,
    parents BYTEA,
    nonce BYTEA,
    body BYTEA,
    body_hash BYTEA,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (sequence),
    CONSTRAINT uq_operation_uid UNIQUE (uid),
    CONSTRAINT fk_operation_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE TABLE round_coder (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    round_id BIGINT NOT NULL,
    coder_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    submission TEXT,
    reason TEXT,
    CONSTRAINT pk_round_coder PRIMARY KEY (id),
    CONSTRAINT uq_round_coder_uid UNIQUE (uid),
    CONSTRAINT fk_round_coder_round_id FOREIGN KEY(round_id) REFERENCES round (id),
    CONSTRAINT fk_round_coder_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE INDEX ix_round_coder_round_id ON round_coder (round_id);

CREATE TABLE round_source (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    round_id BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    CONSTRAINT pk_round_source PRIMARY KEY (id),
    CONSTRAINT uq_round_source_uid UNIQUE (uid),
    CONSTRAINT fk_round_source_round_id FOREIGN KEY(round_id) REFERENCES round (id),
    CONSTRAINT fk_round_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE INDEX ix_round_source_round_id ON round_source (round_id);

CREATE TABLE source_done (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    source_id BIGINT NOT NULL,
    coder_id BIGINT NOT NULL,
    CONSTRAINT pk_source_done PRIMARY KEY (id),
    CONSTRAINT uq_source_done_uid UNIQUE (uid),
    CONSTRAINT fk_source_done_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_source_done_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE INDEX ix_source_done_source_id ON source_done (source_id);

CREATE TABLE speaker (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    source_id BIGINT NOT NULL,
    label TEXT NOT NULL,
    actor_id BIGINT,
    CONSTRAINT pk_speaker PRIMARY KEY (id),
    CONSTRAINT uq_speaker_uid UNIQUE (uid),
    CONSTRAINT fk_speaker_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_speaker_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);

CREATE INDEX ix_speaker_source_id ON speaker (source_id);

CREATE TABLE text_version (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    source_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    structure TEXT NOT NULL,
    characters BIGINT NOT NULL,
    words BIGINT NOT NULL,
    offsets TEXT,
    CONSTRAINT pk_text_version PRIMARY KEY (id),
    CONSTRAINT uq_text_version_uid UNIQUE (uid),
    CONSTRAINT fk_text_version_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE INDEX ix_text_version_source_id ON text_version (source_id);

CREATE TABLE block (
    text_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_block PRIMARY KEY (text_id, position),
    CONSTRAINT fk_block_text_id FOREIGN KEY(text_id) REFERENCES text_version (id)
);

CREATE TABLE case_member (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    case_id BIGINT NOT NULL,
    source_id BIGINT NOT NULL,
    speaker_id BIGINT,
    turn BIGINT,
    CONSTRAINT pk_case_member PRIMARY KEY (id),
    CONSTRAINT uq_case_member_uid UNIQUE (uid),
    CONSTRAINT fk_case_member_case_id FOREIGN KEY(case_id) REFERENCES study_case (id),
    CONSTRAINT fk_case_member_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_case_member_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id)
);

CREATE INDEX ix_case_member_case_id ON case_member (case_id);

CREATE INDEX ix_case_member_source_id ON case_member (source_id);

CREATE TABLE claim_evidence (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    claim_id BIGINT NOT NULL,
    evidence_kind TEXT NOT NULL,
    evidence_uid BYTEA NOT NULL,
    bearing TEXT NOT NULL,
    voice TEXT,
    note TEXT,
    CONSTRAINT pk_claim_evidence PRIMARY KEY (id),
    CONSTRAINT uq_claim_evidence_uid UNIQUE (uid),
    CONSTRAINT fk_claim_evidence_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
);

CREATE INDEX ix_claim_evidence_claim_id ON claim_evidence (claim_id);

CREATE TABLE coding (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    source_id BIGINT NOT NULL,
    text_id BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    code_id BIGINT NOT NULL,
    coder_id BIGINT NOT NULL,
    codebook_version BIGINT NOT NULL,
    layer TEXT,
    valence TEXT,
    stance TEXT,
    voice TEXT,
    weight DOUBLE PRECISION,
    key BIGINT,
    memo TEXT,
    origin TEXT,
    state TEXT,
    since BIGINT NOT NULL,
    until BIGINT,
    clock BIGINT NOT NULL,
    CONSTRAINT pk_coding PRIMARY KEY (id),
    CONSTRAINT fk_coding_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_coding_text_id FOREIGN KEY(text_id) REFERENCES text_version (id),
    CONSTRAINT fk_coding_code_id FOREIGN KEY(code_id) REFERENCES code (id),
    CONSTRAINT fk_coding_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id),
    CONSTRAINT fk_coding_since FOREIGN KEY(since) REFERENCES operation (sequence),
    CONSTRAINT fk_coding_until FOREIGN KEY(until) REFERENCES operation (sequence)
);

CREATE INDEX ix_coding_code ON coding (code_id, source_id, start);

CREATE INDEX ix_coding_source ON coding (source_id, start, "end", code_id, coder_id);

CREATE INDEX ix_coding_uid ON coding (uid);

CREATE TABLE event_actor (
    event_id BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_event_actor PRIMARY KEY (event_id, actor_id),
    CONSTRAINT fk_event_actor_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_actor_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
);

CREATE TABLE event_code (
    event_id BIGINT NOT NULL,
    code_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_event_code PRIMARY KEY (event_id, code_id),
    CONSTRAINT fk_event_code_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_code_code_id FOREIGN KEY(code_id) REFERENCES code (id)
);

CREATE TABLE event_link (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    source_event_id BIGINT NOT NULL,
    target_event_id BIGINT NOT NULL,
    type TEXT NOT NULL,
    basis TEXT NOT NULL,
    CONSTRAINT pk_event_link PRIMARY KEY (id),
    CONSTRAINT uq_event_link_uid UNIQUE (uid),
    CONSTRAINT fk_event_link_source_event_id FOREIGN KEY(source_event_id) REFERENCES event (id),
    CONSTRAINT fk_event_link_target_event_id FOREIGN KEY(target_event_id) REFERENCES event (id)
);

CREATE INDEX ix_event_link_source_event_id ON event_link (source_event_id);

CREATE INDEX ix_event_link_target_event_id ON event_link (target_event_id);

CREATE TABLE sentence (
    text_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    CONSTRAINT pk_sentence PRIMARY KEY (text_id, position),
    CONSTRAINT fk_sentence_text_id FOREIGN KEY(text_id) REFERENCES text_version (id)
);

CREATE TABLE suggestion_decision (
    id BIGSERIAL NOT NULL,
    uid BYTEA NOT NULL,
    clock BIGINT NOT NULL,
    writer BYTEA NOT NULL,
    deleted BIGINT DEFAULT 0 NOT NULL,
    source_id BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    code_id BIGINT NOT NULL,
    coder_id BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    stage TEXT NOT NULL,
    score DOUBLE PRECISION,
    reasons TEXT,
    coding_uid BYTEA,
    CONSTRAINT pk_suggestion_decision PRIMARY KEY (id),
    CONSTRAINT uq_suggestion_decision_uid UNIQUE (uid),
    CONSTRAINT fk_suggestion_decision_source_id FOREIGN KEY(source_id) REFERENCES source (id),
    CONSTRAINT fk_suggestion_decision_code_id FOREIGN KEY(code_id) REFERENCES code (id),
    CONSTRAINT fk_suggestion_decision_coder_id FOREIGN KEY(coder_id) REFERENCES coder (id)
);

CREATE INDEX ix_suggestion_decision_source_id ON suggestion_decision (source_id);

CREATE TABLE turn (
    text_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    start BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    speaker_id BIGINT,
    timestamp TEXT,
    seconds DOUBLE PRECISION,
    CONSTRAINT pk_turn PRIMARY KEY (text_id, position),
    CONSTRAINT fk_turn_text_id FOREIGN KEY(text_id) REFERENCES text_version (id),
    CONSTRAINT fk_turn_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id)
);
