-- Work handed from one link to the next; deleted in the transaction that stores what became of it.
CREATE TABLE storage_handed_over (
    id integer PRIMARY KEY AUTOINCREMENT,
    link text NOT NULL,
    key text NOT NULL,
    handed_over_at integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    not_before integer NOT NULL,
    last_error text
) STRICT;
CREATE INDEX storage_handed_over_link ON storage_handed_over (link, id);

-- The version of each live-map layer, raised by the layer's one writer.
CREATE TABLE storage_layer (
    layer text PRIMARY KEY,
    version integer NOT NULL
) STRICT;
