import { ACT_SAMPLE, CUSTOMER_SAMPLE, CUSTOMER_USER_SAMPLE, USER_SAMPLE } from './record-samples.js';
import { TEMPLATE_SAMPLES } from '../email-templates/template-samples.js';

/** What an event is about, by which dry runs and previews name a real one. */
export const RECORD_KINDS = ['customer_user', 'customer', 'oauth_application', 'import', 'export'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Something that rules can listen to. */
export interface KnownEvent {
  readonly description: string;
  readonly record: RecordKind;
  /** One plausible event: all that its mails can say, and that rules can ask. Its members are the only ones that there are. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** Members with a one-time link, which go to the person himself and to nobody else. */
  readonly secret: readonly string[];
}

const about = (description: string, facts: object = {}, secret: readonly string[] = []): KnownEvent => ({
  ...{ description, record: 'customer_user', secret },
  sample: { ...CUSTOMER_USER_SAMPLE, ...facts },
});

const acted = (description: string, facts: object = {}) => about(description, { ...facts, ...ACT_SAMPLE });

const ofCustomer = (description: string, facts: object = {}): KnownEvent => ({
  ...{ description, record: 'customer', secret: [], sample: { ...CUSTOMER_SAMPLE, ...facts, ...ACT_SAMPLE } },
});

const CHANGED = 'The names of its members that changed are in `changed`.';

const LINK = ['link'];

const application = {
  ...TEMPLATE_SAMPLES.customer_user_oauth_application_created,
  ...TEMPLATE_SAMPLES.user_oauth_application_created,
  ...{ applicationId: 5, owner: USER_SAMPLE, email: USER_SAMPLE.email },
};

const { oauth_application_deactivated: change, oauth_secret_expiring: expiring } = TEMPLATE_SAMPLES;

const ofApplication = (description: string, facts: object = {}): KnownEvent => ({
  ...{ description, record: 'oauth_application', secret: [] },
  sample: { ...application, ...change, ...facts },
});

const consent = { ...TEMPLATE_SAMPLES.consent_withdrawn, consentId: 8, mandatory: true };

/** Every event that rules can listen to, by its name. */
export const EVENTS = {
  'customer_user.created': about('A customer user came to be, in whatever way.'),
  'customer_user.changed': acted(`Something about a customer user changed, by whatever act. ${CHANGED}`, { changed: ['phone'] }),
  'customer_user.enabled': acted('A customer user who was disabled is enabled.'),
  'customer_user.disabled': acted('A customer user is disabled.'),
  'customer_user.confirmed': acted('The email address of a customer user is confirmed, by himself or by an admin.'),
  'customer_user.moved': acted('A customer user belongs to another customer.', { formerCustomer: { id: 9, name: 'Southwind Ltd' } }),
  'customer_user.roles_changed': acted('A customer user has other roles, by whatever act.', { formerRoleIds: [3] }),
  'customer_user.deleted': acted('A customer user was deleted.'),
  'customer_user.invited': about(
    'An account was opened for somebody, who has to set his password.',
    TEMPLATE_SAMPLES.customer_user_welcome_email_registered_by_admin,
    LINK,
  ),
  'customer_user.welcomed': about('Somebody has an open account and a password.', TEMPLATE_SAMPLES.customer_user_welcome_email),
  'customer_user.confirmation_requested': about(
    'Somebody has to confirm his email address.',
    TEMPLATE_SAMPLES.customer_user_confirmation_email,
    LINK,
  ),
  'customer_user.password_forgotten': about(
    'Somebody asked for a new password in place of a forgotten one.',
    TEMPLATE_SAMPLES.customer_user_reset_password,
    LINK,
  ),
  'customer_user.password_reset_forced': about(
    'An admin demands a new password of somebody.',
    TEMPLATE_SAMPLES.customer_user_force_reset_password,
    LINK,
  ),
  'customer_user.registered_again': about(
    'Somebody tried to register with the email address of an account.',
    TEMPLATE_SAMPLES.not_unique_customer_user_email,
  ),
  'customer_user.email_change_requested': about(
    'Somebody wants another email address, to which his present one has to agree.',
    TEMPLATE_SAMPLES.customer_user_email_change_request,
    LINK,
  ),
  'customer_user.email_change_agreed': about(
    'The present email address agreed to another one, which has to be confirmed. `email` is the new one.',
    { ...TEMPLATE_SAMPLES.customer_user_email_change_confirmation, newEmail: 'a.cole@northwind.example' },
    LINK,
  ),
  'customer_user.email_changed': about('Somebody has another email address. `email` is the former one.', {
    ...TEMPLATE_SAMPLES.customer_user_email_changed,
    oldEmail: 'amanda.cole@northwind.example',
  }),
  'customer.created': ofCustomer('A customer came to be, in whatever way.'),
  'customer.changed': ofCustomer(`Something about a customer changed, by whatever act. ${CHANGED}`, { changed: ['name'] }),
  'customer.deleted': ofCustomer('A customer was deleted.'),
  'consent.accepted': about('A customer user accepted a consent.', consent),
  'consent.withdrawn': about('A customer user withdrew a consent.', consent),
  'oauth_application.created': ofApplication('An OAuth application was created.'),
  'oauth_application.secret_added': ofApplication('An OAuth application was given another secret.'),
  'oauth_application.activated': ofApplication('An OAuth application that was deactivated is active again.'),
  'oauth_application.deactivated': ofApplication('An OAuth application was deactivated.'),
  'oauth_application.deleted': ofApplication('An OAuth application was deleted.'),
  'oauth_application.secret_expiring': ofApplication('A secret of an OAuth application is about to expire.', expiring),
  'import.finished': {
    ...{ description: 'An import, or the check of a file, came to its end.', record: 'import', secret: [] },
    sample: { ...TEMPLATE_SAMPLES.import_error, mode: 'import', status: 'completed', user: USER_SAMPLE },
  },
  'export.finished': {
    ...{ description: 'An export came to its end.', record: 'export', secret: [] },
    sample: { ...TEMPLATE_SAMPLES.export_result, status: 'completed', user: USER_SAMPLE },
  },
} as const satisfies Record<string, KnownEvent>;

export type EventName = keyof typeof EVENTS;

export const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** Those that are about records of a kind. */
export const eventsAbout = (kind: RecordKind): EventName[] => EVENT_NAMES.filter((event) => EVENTS[event].record === kind);

export const isEventName = (name: string): name is EventName => Object.hasOwn(EVENTS, name);

/** What a rule, or the template of one, can know of an event; a one-time link only where it goes to the person himself. */
export function sampleOf(name: EventName, { secrets }: { secrets: boolean }): Record<string, unknown> {
  const { sample, secret }: KnownEvent = EVENTS[name];
  return Object.fromEntries(Object.entries(sample).filter(([member]) => secrets || !secret.includes(member)));
}
