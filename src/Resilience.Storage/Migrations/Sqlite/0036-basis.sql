-- What an assessment was reckoned from, so that it can be reckoned again from this alone; and the ratings that turned thresholds or stages, each version once.
CREATE TABLE hazards_basis (
    id text PRIMARY KEY,
    content blob NOT NULL
) STRICT;
ALTER TABLE hazards_assessment ADD COLUMN basis_id text;
CREATE TABLE hazards_rating (
    version text PRIMARY KEY,
    curve text NOT NULL
) STRICT;
