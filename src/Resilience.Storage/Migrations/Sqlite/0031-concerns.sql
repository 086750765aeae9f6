-- One datastream may be judged for several hazards: what a rule remembers, and thresholds of an agency's own, are kept for each.
CREATE TABLE hazards_datastream_new (
    datastream_id text NOT NULL,
    concern text NOT NULL,
    station_id text NOT NULL,
    assessment_id text REFERENCES hazards_assessment (id) DEFERRABLE INITIALLY DEFERRED,
    state text NOT NULL,
    silent_after integer,
    PRIMARY KEY (datastream_id, concern)
) STRICT;
INSERT INTO hazards_datastream_new (datastream_id, concern, station_id, assessment_id, state, silent_after)
SELECT kept.datastream_id, CASE WHEN kept.state LIKE '%"felt":%' OR (assessment.kind = 'ExtremeCold' AND kept.station_id NOT LIKE 'bulletin:%') THEN 'ExtremeHeat' ELSE coalesce(assessment.kind, 'Other') END, kept.station_id, kept.assessment_id, kept.state, kept.silent_after
FROM hazards_datastream kept LEFT JOIN hazards_assessment assessment ON assessment.id = kept.assessment_id;
DROP TABLE hazards_datastream;
ALTER TABLE hazards_datastream_new RENAME TO hazards_datastream;
CREATE INDEX hazards_datastream_station ON hazards_datastream (station_id);
CREATE INDEX hazards_datastream_silent_after ON hazards_datastream (silent_after);

ALTER TABLE hazards_threshold_revision ADD COLUMN concern text NOT NULL DEFAULT 'RiverFlood';
UPDATE hazards_threshold_revision SET concern = CASE (SELECT property FROM observations_datastream WHERE id = datastream_id)
    WHEN 'Rainfall' THEN 'HeavyRain' WHEN 'LakeLevel' THEN 'GlacialLakeOutburst' ELSE 'RiverFlood' END;
DROP INDEX hazards_threshold_revision_in_force;
DROP INDEX hazards_threshold_revision_proposed;
CREATE UNIQUE INDEX hazards_threshold_revision_in_force ON hazards_threshold_revision (datastream_id, concern) WHERE state = 'InForce';
CREATE UNIQUE INDEX hazards_threshold_revision_proposed ON hazards_threshold_revision (datastream_id, concern) WHERE state = 'Proposed';
