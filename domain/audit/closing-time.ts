/** A function that took an entry's instant stores it within minutes or never: half an hour after its end a day is closed. */
export const closesAfterMinutes = 30;
/** From here on a day may be about to be closed, so that nobody but the sweep opens a chain for it as if it were under way. */
export const lateAfterMinutes = 20;
