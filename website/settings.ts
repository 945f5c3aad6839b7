/** What a council makes of the website: read from the environment by whoever starts it. */
export interface WebsiteSettings {
  /** What it is called, in the header and in titles. */
  readonly name: string;
  /** Whose it is: "Oxford City Council". Null: nobody's yet, and the page about it says so. */
  readonly council: string | null;
  /** Where the public finds it, without a slash at the end: "https://activities.example.org". Addresses in feeds, for search engines and in codes are made of it. */
  readonly url: string;
  /** The colour of the header and of buttons, as #rrggbb; white text on it can be read (a contrast of 4.5 or more). */
  readonly brandColour: string;
  /** The fonts of the page, as in CSS; only what readers' machines have. */
  readonly fontFamily: string;
  /** A picture for the header, as SVG or PNG. Null: the name alone. */
  readonly logoFile: string | null;
  /** The telephone number and e-mail address of whoever looks after the website. Null: there is none. */
  readonly telephone: string | null;
  readonly email: string | null;
  /** A style of map tiles that the council has (MapLibre's style document). Null: the map has outlines of areas and no tiles. */
  readonly mapStyleUrl: string | null;
  /** Where else that style loads tiles, fonts and pictures from: "https://tiles.example.org". */
  readonly mapOrigins: readonly string[];
}

/** A website that nobody made anything of yet. */
export const plainWebsite: WebsiteSettings = {
  name: "Common Ground",
  council: null,
  url: "http://127.0.0.1:4000",
  brandColour: "#14403d",
  fontFamily: "Arial, Helvetica, sans-serif",
  logoFile: null,
  telephone: null,
  email: null,
  mapStyleUrl: null,
  mapOrigins: [],
};
