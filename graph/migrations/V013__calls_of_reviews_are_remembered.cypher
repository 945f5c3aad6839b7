// A call that approves, rejects or amends is of many changes, which have their own calls: it is remembered by itself, with what it did, so that a call sent twice is done once.

CREATE CONSTRAINT call_id_unique IF NOT EXISTS
FOR (call:Call) REQUIRE call.id IS UNIQUE;
