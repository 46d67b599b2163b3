import type { Level, PermissionMatrix } from '../platform/context/index.js';

interface PredefinedRole {
  label: string;
  root: Level;
  matrix: PermissionMatrix;
}

type Actions = Record<string, Level>;

const onlyView = (level: Level): Actions => ({ view: level, create: 'none', edit: 'none', delete: 'none', assign: 'none' });

const each = (entities: readonly string[], actions: Actions): Record<string, Actions> =>
  Object.fromEntries(entities.map((entity) => [entity, actions]));

/** The roles of a fresh installation, for users of every organization. */
export const PREDEFINED_ROLES = {
  /** Everything, and what later versions bring; in every organization for users with global access, in their own for others. */
  administrator: { label: 'Administrator', root: 'global', matrix: { permissions: {}, capabilities: {} } },
  /** All that has to do with customers in his organization; how the organization is set up, and who works there, he sees alone. */
  salesManager: {
    label: 'Sales manager',
    root: 'organization',
    matrix: {
      permissions: each(
        [
          ...['organization', 'website', 'localization', 'setting', 'user', 'user_role', 'consent', 'custom_field'],
          ...['oauth_application', 'email_template', 'notification_rule'],
        ],
        onlyView('organization'),
      ),
      capabilities: {},
    },
  },
  /**
   * The customers that he owns or is assigned to, their people, and what belongs to them; of what is recorded about these people also what
   * colleagues wrote. Of the rest he sees what he needs to fill their forms in, and of the console users himself.
   */
  salesRepresentative: {
    label: 'Sales representative',
    root: 'own',
    matrix: {
      permissions: {
        ...each(['customer_user_role', 'customer_group', 'custom_field', 'website', 'localization', 'consent'], { view: 'organization' }),
        ...each(['note', 'calendar_event', 'attachment'], { view: 'organization' }),
        user: onlyView('own'),
      },
      capabilities: { import: false },
    },
  },
} as const satisfies Record<string, PredefinedRole>;
