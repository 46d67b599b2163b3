import { DomainError, MemberConflict, type MemberFault } from '../platform/errors/index.js';

export class CustomFieldNameTaken extends MemberConflict {
  constructor() {
    super('/name', 'custom_fields.name_taken', 'Another custom field of these records has this name.');
  }
}

export class TooManyCustomFields extends DomainError {
  constructor(most: number) {
    super('conflict', 'custom_fields.too_many', `These records have ${most} custom fields already, which is the most that there may be.`);
  }
}

export const optionsRequired: MemberFault = {
  pointer: '/options',
  code: 'custom_fields.options_required',
  detail: 'A select needs options.',
};

export const optionsRefused: MemberFault = {
  pointer: '/options',
  code: 'custom_fields.options_refused',
  detail: 'Only a select has options.',
};

/** A field stays what it is: values are kept that were checked as its own. */
export const fixed = (member: 'entity' | 'type'): MemberFault => ({
  pointer: `/${member}`,
  code: `custom_fields.${member}_fixed`,
  detail: `The ${member} of a custom field cannot change: make another field.`,
});
