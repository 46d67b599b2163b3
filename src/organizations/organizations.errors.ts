import { DomainError, InvalidInput, MemberConflict, type MemberFault } from '../platform/errors/index.js';

type Noun = 'organization' | 'website' | 'localization' | 'setting';

export class NameTaken extends MemberConflict {
  constructor(noun: Noun) {
    super('/name', `${noun}s.name_taken`, `Another ${noun} has this name.`);
  }
}

export class InUse extends DomainError {
  constructor(noun: Noun) {
    super('conflict', `${noun}s.in_use`, `The ${noun} is still in use: other records refer to it.`);
  }
}

export class DefaultWebsiteKept extends DomainError {
  constructor() {
    super('conflict', 'websites.default_undeletable', 'The default website cannot be deleted: make another website the default first.');
  }
}

/** An organization is named that is not there, or that the caller may not choose. */
export class OrganizationUnknown extends InvalidInput {
  constructor(others: readonly MemberFault[] = []) {
    super([...others, { pointer: '/organizationId', code: 'organizations.unknown', detail: 'There is no such organization.' }]);
  }
}

export class GlobalAccessRequired extends DomainError {
  constructor(noun: Noun, act: string, permission: string) {
    super(
      'forbidden',
      `${noun}s.global_access_required`,
      `${act} needs global access, and the permission ${permission} at the global level.`,
    );
  }
}

export class OwnOrganizationKept extends InvalidInput {
  constructor() {
    const detail = 'You cannot disable the organization that you belong to.';
    super([{ pointer: '/enabled', code: 'organizations.own_organization', detail }]);
  }
}
