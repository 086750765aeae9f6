-- What is over leaves the live map and stays in the lists.
ALTER TABLE relief_incident ADD COLUMN on_map integer NOT NULL DEFAULT 1;
ALTER TABLE relief_task ADD COLUMN on_map integer NOT NULL DEFAULT 1;
CREATE INDEX relief_incident_on_map ON relief_incident (last_at) WHERE on_map = 1;
CREATE INDEX relief_task_on_map ON relief_task (done_at) WHERE on_map = 1 AND done_at IS NOT NULL;
CREATE INDEX relief_volunteer_joined ON relief_volunteer (joined_at);
