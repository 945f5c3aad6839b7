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

CREATE TABLE condition (no int NOT NULL, id text COLLATE "C" NOT NULL, slug text NOT NULL, name text NOT NULL);
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
CREATE TABLE supports (asset int NOT NULL, condition int NOT NULL, strength float8 NOT NULL, is_by_referral boolean NOT NULL);

-- Whom an asset is for, or not: ages in years, and conditions that are meant (null: none).
CREATE TABLE eligibility (
  asset int NOT NULL, position int NOT NULL, excludes boolean NOT NULL, minimum_age float8, maximum_age float8, concerns int[], description text
);

CREATE TABLE referrer (no int NOT NULL, id text COLLATE "C" NOT NULL, slug text NOT NULL, name text NOT NULL);
CREATE TABLE referrer_broader (narrower int NOT NULL, broader int NOT NULL);

-- A step to an asset, either from another asset or from a kind of referrer.
CREATE TABLE refers_to (
  no int NOT NULL,
  id text COLLATE "C" NOT NULL,
  source int,
  referrer int,
  target int NOT NULL,
  wait_days int,
  confirmed_on date,
  minimum_age float8,
  maximum_age float8,
  areas int[],
  accepted int[],
  excluded int[],
  capacity text,
  method text NOT NULL,
  criteria text,
  evidence text,
  is_sample boolean NOT NULL
);

-- Derived: the smallest areas that are so many borders away from an area, as one array, of which a walk reads a few rows in one place.
CREATE TABLE ring_around (home int NOT NULL, ring smallint NOT NULL, lsoas int[] NOT NULL);
-- Derived: for each area, all areas that any of the smallest areas in it lies in, itself among them.
CREATE TABLE area_cover (area int NOT NULL, cover int NOT NULL);

-- As it arrives, with ids.
CREATE UNLOGGED TABLE area_in (id text, name text, kind text, code text, latitude float8, longitude float8);
CREATE UNLOGGED TABLE within_in (area text, parent text);
CREATE UNLOGGED TABLE condition_in (id text, slug text, name text);
CREATE UNLOGGED TABLE referrer_in (id text, slug text, name text);
CREATE UNLOGGED TABLE referrer_broader_in (narrower text, broader text);
CREATE UNLOGGED TABLE broader_in (narrower text, broader text);
CREATE UNLOGGED TABLE asset_in (
  id text, kind text, name text, status text, is_at_a_place boolean, is_coming_to_you boolean, confirmed_on date, lsoa text,
  latitude float8, longitude float8
);
CREATE UNLOGGED TABLE presence_in (asset text, site text);
CREATE UNLOGGED TABLE serves_in (asset text, area text);
CREATE UNLOGGED TABLE supports_in (asset text, condition text, strength float8, is_by_referral boolean);
CREATE UNLOGGED TABLE eligibility_in (
  asset text, position int, excludes boolean, minimum_age float8, maximum_age float8, concerns text[], description text
);
CREATE UNLOGGED TABLE refers_to_in (
  target text, id text, source text, wait_days int, confirmed_on date, minimum_age float8, maximum_age float8, areas text[], accepted text[],
  excluded text[], capacity text, method text, criteria text, evidence text, is_sample boolean
);
CREATE UNLOGGED TABLE ring_in (home text, ring smallint, lsoas text[]);
