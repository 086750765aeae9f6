-- Feeds that push: the topics they are subscribed to, under which name, and when the connection was lost or something may have been missed.
ALTER TABLE observations_feed ADD COLUMN topics text;
ALTER TABLE observations_feed ADD COLUMN client_id text;
ALTER TABLE observations_feed ADD COLUMN lost_since timestamptz;
ALTER TABLE observations_feed ADD COLUMN gap_from timestamptz;
ALTER TABLE observations_feed ADD COLUMN gap_until timestamptz;

-- WIS2 notifications handled: the same one comes from several brokers, and a later one may replace or withdraw what an earlier one brought.
CREATE TABLE observations_notification (
    id uuid PRIMARY KEY,
    data_id text NOT NULL,
    published_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    feed_id text NOT NULL,
    outcome text NOT NULL,
    batch_id uuid
);
CREATE INDEX observations_notification_data ON observations_notification (data_id);
CREATE INDEX observations_notification_age ON observations_notification (received_at);
