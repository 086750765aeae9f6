-- What is over leaves the live map and stays in the lists.
ALTER TABLE relief_incident ADD COLUMN on_map boolean NOT NULL DEFAULT true;
ALTER TABLE relief_task ADD COLUMN on_map boolean NOT NULL DEFAULT true;
CREATE INDEX relief_incident_on_map ON relief_incident (last_at) WHERE on_map;
CREATE INDEX relief_task_on_map ON relief_task (done_at) WHERE on_map AND done_at IS NOT NULL;
CREATE INDEX relief_volunteer_joined ON relief_volunteer (joined_at);
