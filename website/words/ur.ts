import { type Catalogue, en } from "./en.ts";

/** Every text of the website in Urdu. */
export const ur: Catalogue = { ...en };
