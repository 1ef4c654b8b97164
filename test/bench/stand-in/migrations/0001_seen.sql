-- A semicolon in a comment; and one inside a trigger.
CREATE TABLE seen (id INTEGER PRIMARY KEY, body TEXT NOT NULL, length INTEGER) STRICT;
CREATE TRIGGER seen_length AFTER INSERT ON seen BEGIN
  UPDATE seen SET length = length(new.body) WHERE id = new.id;
END;
