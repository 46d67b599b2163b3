/** Something that remembered answers depend on: every row of a kind, such as `user-role`, or one, such as `user:7`. */
export type Subject = string;

export const subject = (kind: string, id: number | string): Subject => `${kind}:${id}`;

/** Stands for every subject at once, where a statement does not say which rows it writes. */
export const EVERYTHING: Subject = '*';
