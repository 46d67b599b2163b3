import { DomainError, type MemberFault, NotFound } from '../platform/errors/index.js';
import { DEFAULT_RULES, isRuleCode } from './rules/default-rules.js';

export class EmailNotFound extends NotFound {
  constructor() {
    super('email', 'emails.not_found');
  }
}

/** The record that a dry run or a preview names is not there, or not for the caller, or of another organization. */
export class RecordNotFound extends NotFound {
  constructor(kind: string) {
    super(kind.replaceAll('_', ' '), 'notifications.record_not_found');
  }
}

export class EmailNotResendable extends DomainError {
  constructor(reason: string) {
    super('conflict', 'emails.not_resendable', `The email cannot be sent again: ${reason}`);
  }
}

export class EmailTemplateNameTaken extends DomainError {
  constructor() {
    const [code, detail] = ['email_templates.name_taken', 'Another email template has this name.'];
    super('conflict', code, detail, [{ pointer: '/name', code, detail }]);
  }
}

/** What ships with the product keeps its name, and stays. */
export class ShippedTemplateKept extends DomainError {
  constructor(act: 'deleted' | 'renamed') {
    super('conflict', `email_templates.shipped_not_${act}`, `A template that ships with the product cannot be ${act}.`);
  }
}

export class EmailTemplateInUse extends DomainError {
  constructor() {
    super('conflict', 'email_templates.in_use', 'Notification rules use the template: give them another one first.');
  }
}

export class NoDefaultTexts extends DomainError {
  constructor() {
    super('conflict', 'email_templates.no_default', 'The template does not ship with the product, so it has no texts to go back to.');
  }
}

/** What ships with the product can be switched off, but stays; what was added has nothing to go back to. */
export class ShippedRuleKept extends DomainError {
  constructor(act: 'deleted' | 'reset') {
    const code = act === 'deleted' ? 'notification_rules.shipped_not_deleted' : 'notification_rules.no_default';
    const detail =
      act === 'deleted'
        ? 'A rule that ships with the product cannot be deleted: make it inactive instead.'
        : 'The rule does not ship with the product, so it has nothing to go back to.';
    super('conflict', code, detail);
  }
}

/** What may not change of a rule that ships with the product. */
export function shippedRuleFaults(code: string | null, changed: readonly string[]): MemberFault[] {
  if (!isRuleCode(code)) return [];
  const kept = changed.filter((member) => (DEFAULT_RULES[code].essential ? member !== 'localizationId' : member === 'event'));
  return kept.map((member) => ({
    pointer: `/${member}`,
    ...(DEFAULT_RULES[code].essential
      ? { code: 'notification_rules.essential', detail: `Without this mail people do not get in, so its ${member} stays.` }
      : { code: 'notification_rules.event_fixed', detail: 'The event of a rule that ships with the product cannot change.' }),
  }));
}
