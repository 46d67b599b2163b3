/** In the order in which they run. Append-only: what has landed is never edited. */
export const migrations = [];
