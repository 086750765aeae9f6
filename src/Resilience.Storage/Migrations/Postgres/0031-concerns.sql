-- One datastream may be judged for several hazards: what a rule remembers, and thresholds of an agency's own, are kept for each.
ALTER TABLE hazards_datastream ADD COLUMN concern text;
UPDATE hazards_datastream SET concern = coalesce((SELECT kind FROM hazards_assessment WHERE id = assessment_id), 'Other');
UPDATE hazards_datastream SET concern = 'ExtremeHeat' WHERE state LIKE '%"felt":%' OR (concern = 'ExtremeCold' AND station_id NOT LIKE 'bulletin:%');
ALTER TABLE hazards_datastream ALTER COLUMN concern SET NOT NULL;
ALTER TABLE hazards_datastream DROP CONSTRAINT hazards_datastream_pkey;
ALTER TABLE hazards_datastream ADD PRIMARY KEY (datastream_id, concern);

ALTER TABLE hazards_threshold_revision ADD COLUMN concern text NOT NULL DEFAULT 'RiverFlood';
UPDATE hazards_threshold_revision SET concern = CASE (SELECT property FROM observations_datastream WHERE id = datastream_id)
    WHEN 'Rainfall' THEN 'HeavyRain' WHEN 'LakeLevel' THEN 'GlacialLakeOutburst' ELSE 'RiverFlood' END;
DROP INDEX hazards_threshold_revision_in_force;
DROP INDEX hazards_threshold_revision_proposed;
CREATE UNIQUE INDEX hazards_threshold_revision_in_force ON hazards_threshold_revision (datastream_id, concern) WHERE state = 'InForce';
CREATE UNIQUE INDEX hazards_threshold_revision_proposed ON hazards_threshold_revision (datastream_id, concern) WHERE state = 'Proposed';
