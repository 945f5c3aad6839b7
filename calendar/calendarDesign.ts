import ICAL from "ical.js";

const { icalendar } = ICAL.design;
const text = { defaultType: "text" };

/**
 * How ical.js reads and writes the properties of a calendar. It knows those of RFC 5545 alone: others it would neither escape nor fold back
 * to a text. These are RFC 7986's (section 5) and what Apple, Google and Outlook call the same.
 */
export const calendarDesign: typeof icalendar = {
  ...icalendar,
  property: {
    ...(icalendar.property as Readonly<Record<string, unknown>>),
    name: text,
    "x-wr-calname": text,
    "x-wr-caldesc": text,
  },
};
