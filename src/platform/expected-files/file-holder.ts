/** Knows which files one kind of rows has. A feature that keeps files extends it and lists it among its module's providers. */
export abstract class FileHolder {
  /** Whether a row has the file of that key. */
  abstract holds(key: string): Promise<boolean>;
}
