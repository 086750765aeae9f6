-- What an assessment was reckoned from, so that it can be reckoned again from this alone; and the ratings that turned thresholds or stages, each version once.
CREATE TABLE hazards_basis (
    id uuid PRIMARY KEY,
    content bytea NOT NULL
);
ALTER TABLE hazards_assessment ADD COLUMN basis_id uuid;
CREATE TABLE hazards_rating (
    version text PRIMARY KEY,
    curve text NOT NULL
);
