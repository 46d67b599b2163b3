import { DomainError } from '../../platform/errors/index.js';

/** The file as a whole cannot be taken; nothing of it is imported. */
export class FileUnreadable extends DomainError {
  constructor(code: string, detail: string) {
    super('invalid', `imports.${code}`, detail);
  }
}
