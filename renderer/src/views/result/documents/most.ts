/** Rows and columns of a table that are shown: more cells take too long to lay out. */
export const MOST_ROWS = 200;
export const MOST_COLUMNS = 200;
