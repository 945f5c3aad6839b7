-- The directory in tables, as a team with PostgreSQL would lay it out. Numbers stand for ids inside: they are narrow, and are given out
-- area by area, so that what is near on the ground is near on disk.
-- What editors change (assets, where they are, whom they serve, what they support) is in one place each. Derived are only the tables about areas
-- (ring_around, area_cover): they change when the boundaries do, once in ten years.

CREATE EXTENSION postgis;

CREATE TABLE area (
  no int NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  centre geometry(Point, 4326)
);

CREATE TABLE condition (no int NOT NULL, id text COLLATE "C" NOT NULL, slug text NOT NULL);
CREATE TABLE condition_broader (narrower int NOT NULL, broader int NOT NULL);

CREATE TABLE asset (
  no int NOT NULL,
  id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  is_published boolean NOT NULL,
  is_at_a_place boolean NOT NULL,
  is_coming_to_you boolean NOT NULL,
  confirmed_on date,
  lsoa int,
  location geometry(Point, 4326)
);

-- Which assets are at which place, a place itself among them, by the area of the place. With no column that the page shows, so that hundreds
-- of rows fit a page of the disk; a foreign key from (site, lsoa) to (no, lsoa) of the place would keep its area right.
CREATE TABLE presence (lsoa int, site int NOT NULL, asset int NOT NULL);

CREATE TABLE serves (asset int NOT NULL, area int NOT NULL);
CREATE TABLE supports (asset int NOT NULL, condition int NOT NULL, strength float8 NOT NULL);

CREATE TABLE refers_to (source int NOT NULL, target int NOT NULL, wait_days int NOT NULL);

-- Derived: the smallest areas that are so many borders away from an area, as one array, of which a walk reads a few rows in one place.
CREATE TABLE ring_around (home int NOT NULL, ring smallint NOT NULL, lsoas int[] NOT NULL);
-- Derived: for each area, all areas that any of the smallest areas in it lies in, itself among them.
CREATE TABLE area_cover (area int NOT NULL, cover int NOT NULL);

-- As it arrives, with ids.
CREATE UNLOGGED TABLE area_in (id text, name text, kind text, code text, latitude float8, longitude float8);
CREATE UNLOGGED TABLE within_in (area text, parent text);
CREATE UNLOGGED TABLE condition_in (id text, slug text);
CREATE UNLOGGED TABLE broader_in (narrower text, broader text);
CREATE UNLOGGED TABLE asset_in (
  id text, kind text, name text, status text, is_at_a_place boolean, is_coming_to_you boolean, confirmed_on date, lsoa text,
  latitude float8, longitude float8
);
CREATE UNLOGGED TABLE presence_in (asset text, site text);
CREATE UNLOGGED TABLE serves_in (asset text, area text);
CREATE UNLOGGED TABLE supports_in (asset text, condition text, strength float8);
CREATE UNLOGGED TABLE refers_to_in (source text, target text, wait_days int);
CREATE UNLOGGED TABLE ring_in (home text, ring smallint, lsoas text[]);
