/** Why a series of a calendar is left out: what of it cannot be kept as it was meant. The message is for whoever gave the file. */
export class Unreadable extends Error {
  /** The property at fault, as iCalendar calls it: "RRULE". */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = "Unreadable";
    this.field = field;
  }
}
