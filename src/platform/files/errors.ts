import { DomainError, NotFound } from '../errors/index.js';

const MIB = 1024 * 1024;

/** More bytes came than the caller of `put` allows. */
export class FileTooLarge extends DomainError {
  constructor(maxBytes: number) {
    const limit = maxBytes >= MIB ? `${Math.floor((maxBytes / MIB) * 10) / 10} MiB` : `${maxBytes} bytes`;
    super('too-large', 'files.too_large', `The file is larger than the ${limit} that are allowed.`);
  }
}

export class FileMissing extends NotFound {
  constructor() {
    super('file', 'files.missing');
  }
}
