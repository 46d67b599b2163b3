/** A view as it arrives over HTTP: its instants are texts. */
export type Json<T> = T extends Date ? string : T extends (infer I)[] ? Json<I>[] : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
