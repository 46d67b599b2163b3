import { DomainError, NotFound } from '../platform/errors/index.js';

export class ConsentNotFound extends NotFound {
  constructor() {
    super('consent', 'consents.not_found');
  }
}

export class ConsentDisabled extends DomainError {
  constructor() {
    super('conflict', 'consents.disabled', 'The consent is not asked for, or not any more.');
  }
}

export class VersionOutdated extends DomainError {
  constructor(version: number, current: number) {
    super('conflict', 'consents.version_outdated', `Version ${version} of the consent is outdated: read and accept version ${current}.`);
  }
}

export class VersionUnknown extends DomainError {
  constructor(version: number, current: number) {
    super('conflict', 'consents.version_unknown', `The consent has no version ${version} yet: read and accept version ${current}.`);
  }
}

export class AlreadyAccepted extends DomainError {
  constructor(version: number) {
    super('conflict', 'consents.already_accepted', `Version ${version} of the consent is accepted already.`);
  }
}

export class NotAccepted extends DomainError {
  constructor() {
    super('conflict', 'consents.not_accepted', 'What is not accepted cannot be withdrawn.');
  }
}

export class ConsentInLedger extends DomainError {
  constructor() {
    super('conflict', 'consents.in_ledger', 'The consent was accepted before and has to stay on record; disable it instead.');
  }
}

export class VersionScheduled extends DomainError {
  constructor(number: number, effectiveAt: Date) {
    const detail = `Version ${number} takes effect at ${effectiveAt.toISOString()}; the next one cannot do so before it. Delete it first if it is not wanted.`;
    super('conflict', 'consents.version_scheduled', detail);
  }
}

export class VersionInEffect extends DomainError {
  constructor(number: number) {
    const detail = `Version ${number} is in effect, or was: it stays on record. Add the next version instead.`;
    super('conflict', 'consents.version_in_effect', detail);
  }
}

/** Somebody changed the ledger past the product. */
export class EntryBroken extends DomainError {
  constructor() {
    const detail = 'The entry, its text or its origin is not as it was written, so nothing is proved by it. consents:verify tells more.';
    super('conflict', 'consents.entry_broken', detail);
  }
}
