-- What the house asks of its people: one row.
CREATE TABLE people_rules (
    id BIGSERIAL NOT NULL,
    factor_roles TEXT[] NOT NULL,
    works_council_on DATE,
    works_council_note TEXT,
    CONSTRAINT pk_people_rules PRIMARY KEY (id),
    CONSTRAINT ck_people_rules_agreement_says_what
        CHECK ((works_council_on IS NULL) = (works_council_note IS NULL)),
    CONSTRAINT ck_people_rules_one_row CHECK (id = 1)
);

-- People who work together; figures are told per team.
CREATE TABLE teams (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    name TEXT NOT NULL,
    weekly_target BIGINT,
    CONSTRAINT pk_teams PRIMARY KEY (id),
    CONSTRAINT ck_teams_target_positive CHECK (weekly_target > 0),
    CONSTRAINT uq_teams_name UNIQUE (name),
    CONSTRAINT uq_teams_public_id UNIQUE (public_id)
);

-- Which team works for a client.
CREATE TABLE team_clients (
    client_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    CONSTRAINT pk_team_clients PRIMARY KEY (client_id),
    CONSTRAINT fk_team_clients_team_id FOREIGN KEY(team_id) REFERENCES teams (id)
);
CREATE INDEX ix_team_clients_team_id ON team_clients (team_id);

-- Somebody is away, and a deputy (Vertretung) does the open work; both days count.
CREATE TABLE absences (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    deputy_id BIGINT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    entered_by BIGINT NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_absences PRIMARY KEY (id),
    CONSTRAINT ck_absences_days_in_order CHECK (first_day <= last_day),
    CONSTRAINT ck_absences_somebody_else CHECK (user_id <> deputy_id),
    CONSTRAINT uq_absences_public_id UNIQUE (public_id),
    CONSTRAINT fk_absences_deputy_id FOREIGN KEY(deputy_id) REFERENCES users (id),
    CONSTRAINT fk_absences_entered_by FOREIGN KEY(entered_by) REFERENCES users (id),
    CONSTRAINT fk_absences_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_absences_deputy_id ON absences (deputy_id, last_day);
CREATE INDEX ix_absences_user_id ON absences (user_id, last_day);

-- A link by which somebody sets a password: once, and for a time only.
CREATE TABLE access_links (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    purpose VARCHAR(40) NOT NULL,
    mail_id BIGINT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by BIGINT,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    replaced_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_access_links PRIMARY KEY (id),
    CONSTRAINT ck_access_links_linkpurpose CHECK (purpose IN ('invitation', 'reset')),
    CONSTRAINT uq_access_links_public_id UNIQUE (public_id),
    CONSTRAINT uq_access_links_token_digest UNIQUE (token_digest),
    CONSTRAINT fk_access_links_created_by FOREIGN KEY(created_by) REFERENCES users (id),
    CONSTRAINT fk_access_links_mail_id FOREIGN KEY(mail_id) REFERENCES mails (id) ON DELETE SET NULL,
    CONSTRAINT fk_access_links_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_access_links_user_id ON access_links (user_id);

-- A code for the day the second factor is lost; each opens once.
CREATE TABLE recovery_codes (
    id BIGSERIAL NOT NULL,
    user_id BIGINT NOT NULL,
    code_digest TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_recovery_codes PRIMARY KEY (id),
    CONSTRAINT fk_recovery_codes_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_recovery_codes_user_id ON recovery_codes (user_id);

-- One second factor of a user; it counts from its first proof on.
CREATE TABLE second_factors (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    label TEXT NOT NULL,
    sealed_secret TEXT,
    credential_id TEXT,
    public_key TEXT,
    last_counter BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    proved_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_second_factors PRIMARY KEY (id),
    CONSTRAINT ck_second_factors_code_has_secret CHECK ((kind = 'code') = (sealed_secret IS NOT NULL)),
    CONSTRAINT ck_second_factors_factorkind CHECK (kind IN ('code', 'passkey')),
    CONSTRAINT ck_second_factors_passkey_has_key
        CHECK ((kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL)),
    CONSTRAINT uq_second_factors_credential_id UNIQUE (credential_id),
    CONSTRAINT uq_second_factors_public_id UNIQUE (public_id),
    CONSTRAINT fk_second_factors_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_second_factors_user_id ON second_factors (user_id);

-- Who belongs to which team: to one at most.
CREATE TABLE team_members (
    user_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    CONSTRAINT pk_team_members PRIMARY KEY (user_id),
    CONSTRAINT fk_team_members_team_id FOREIGN KEY(team_id) REFERENCES teams (id),
    CONSTRAINT fk_team_members_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_team_members_team_id ON team_members (team_id);

-- Changed: A person who signs in: staff, or somebody who works for one creditor.
ALTER TABLE users
    DROP CONSTRAINT ck_users_creditor_side,
    DROP CONSTRAINT ck_users_role,
    ADD COLUMN factor_exempt BOOLEAN DEFAULT 'false' NOT NULL,
    ADD CONSTRAINT ck_users_creditor_side CHECK (starts_with(role, 'creditor') = (creditor_id IS NOT NULL)),
    ADD CONSTRAINT ck_users_role
        CHECK (role IN ('creditor', 'creditor_admin', 'creditor_reader', 'case_worker', 'accounts',
            'legal', 'team_lead', 'privacy', 'admin'));

-- Changed: A sign-in on one device; the cookie holds a random token, the row its digest.
ALTER TABLE login_sessions
    ADD COLUMN public_id TEXT,
    ADD COLUMN awaits_factor BOOLEAN DEFAULT 'false' NOT NULL,
    ADD COLUMN proved_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN challenge TEXT,
    ADD CONSTRAINT uq_login_sessions_public_id UNIQUE (public_id);
