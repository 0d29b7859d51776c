/** Rows and columns of a table that are shown: so many cells can be laid out at once. */
export const MOST_ROWS = 200;
export const MOST_COLUMNS = 200;
