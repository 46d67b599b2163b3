import type { Condition, Operand } from './conditions.js';
import type { EventName } from '../occurrences/events.js';
import type { TemplateName } from '../email-templates/template-contexts.js';

export const RECIPIENT_TYPES = ['address', 'user', 'owner', 'customer-user', 'sales-representatives', 'path'] as const;
export type RecipientType = (typeof RECIPIENT_TYPES)[number];

/** Whom a rule writes to. */
export interface Recipient {
  readonly type: RecipientType;
  /** Of the type `address`. */
  readonly address?: string;
  /** Of the type `user`: a console user. */
  readonly userId?: number;
  /** Of the type `path`: to an email address, or to somebody who has one. */
  readonly path?: string;
}

/** A rule that every organization begins with. */
export interface DefaultRule {
  readonly event: EventName;
  readonly template: TemplateName;
  readonly conditions: readonly Condition[];
  readonly recipients: readonly Recipient[];
  /** Without its mail a person does not get in: it stays as it is. */
  readonly essential: boolean;
}

const rule = (event: EventName, template: TemplateName, rest: Partial<DefaultRule> = {}): DefaultRule => ({
  ...{ event, template, conditions: [], recipients: [{ type: 'customer-user' }], essential: false },
  ...rest,
});

const essential = { essential: true };
const toOwner = { recipients: [{ type: 'owner' }] } as const;
const is = (path: string, value: Operand): Condition => ({ path, operator: 'eq', value });
const isNot = (path: string, value: Operand): Condition => ({ path, operator: 'ne', value });

/** The mails of the product, by the code that each rule keeps whatever becomes of it. */
export const DEFAULT_RULES = {
  customer_user_invited: rule('customer_user.invited', 'customer_user_welcome_email_registered_by_admin', essential),
  customer_user_welcomed: rule('customer_user.welcomed', 'customer_user_welcome_email'),
  customer_user_confirmation: rule('customer_user.confirmation_requested', 'customer_user_confirmation_email', essential),
  customer_user_password_forgotten: rule('customer_user.password_forgotten', 'customer_user_reset_password', essential),
  customer_user_password_reset: rule('customer_user.password_reset_forced', 'customer_user_force_reset_password', essential),
  customer_user_registered_again: rule('customer_user.registered_again', 'not_unique_customer_user_email'),
  customer_user_email_change_requested: rule('customer_user.email_change_requested', 'customer_user_email_change_request', essential),
  customer_user_email_change_agreed: rule('customer_user.email_change_agreed', 'customer_user_email_change_confirmation', {
    ...{ ...essential, recipients: [{ type: 'path', path: 'newEmail' }] },
  }),
  customer_user_email_changed: rule('customer_user.email_changed', 'customer_user_email_changed', {
    recipients: [{ type: 'path', path: 'oldEmail' }],
  }),
  consent_withdrawn: rule('consent.withdrawn', 'consent_withdrawn', {
    ...{ conditions: [is('mandatory', true)], recipients: [{ type: 'sales-representatives' }] },
  }),
  oauth_application_of_customer_user: rule('oauth_application.created', 'customer_user_oauth_application_created', {
    ...{ ...toOwner, conditions: [is('ownerType', 'customer-user')] },
  }),
  oauth_application_of_user: rule('oauth_application.created', 'user_oauth_application_created', {
    ...{ ...toOwner, conditions: [is('ownerType', 'user')] },
  }),
  oauth_secret_added: rule('oauth_application.secret_added', 'oauth_application_secret_added', toOwner),
  oauth_application_deactivated: rule('oauth_application.deactivated', 'oauth_application_deactivated', toOwner),
  oauth_application_deleted: rule('oauth_application.deleted', 'oauth_application_deleted', toOwner),
  oauth_secret_expiring: rule('oauth_application.secret_expiring', 'oauth_secret_expiring', toOwner),
  import_done: rule('import.finished', 'import_result', { ...toOwner, conditions: [is('mode', 'import'), isNot('status', 'failed')] }),
  import_checked: rule('import.finished', 'import_validation_result', {
    ...{ ...toOwner, conditions: [is('mode', 'validate'), isNot('status', 'failed')] },
  }),
  import_failed: rule('import.finished', 'import_error', { ...toOwner, conditions: [is('status', 'failed')] }),
  export_done: rule('export.finished', 'export_result', toOwner),
} as const satisfies Record<string, DefaultRule>;

export type RuleCode = keyof typeof DEFAULT_RULES;

export const RULE_CODES = Object.keys(DEFAULT_RULES) as RuleCode[];

export const isRuleCode = (code: string | null): code is RuleCode => code !== null && Object.hasOwn(DEFAULT_RULES, code);
