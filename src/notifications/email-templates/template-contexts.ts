/** What each mail knows. Instants are ISO 8601; links are whole URLs; a one-time token is the link's parameter `token`. */
export interface TemplateContexts {
  customer_user_welcome_email_registered_by_admin: Person & { link: string; validHours: number };
  customer_user_welcome_email: Person & { link: string; confirmed: boolean };
  customer_user_confirmation_email: Person & { link: string; validHours: number };
  customer_user_reset_password: Person & { link: string; validHours: number };
  customer_user_force_reset_password: Person & { link: string; validHours: number };
  /** To the present address: `email` is that. */
  customer_user_email_change_request: Person & { newEmail: string; link: string; validHours: number };
  /** To the new address: `email` is that. */
  customer_user_email_change_confirmation: Person & { link: string; validHours: number };
  /** To the former address: `email` is that. */
  customer_user_email_changed: Person & { newEmail: string; link: string };
  not_unique_customer_user_email: Person & { link: string };
  /** To those who represent him: `email` is his. */
  consent_withdrawn: {
    customerUserName: string;
    email: string;
    websiteName: string;
    consentName: string;
    consentVersion: number;
    at: string;
    /** To all his consents. */
    link: string;
  };
  customer_user_oauth_application_created: Application & { firstName: string; websiteName: string };
  user_oauth_application_created: Application & { name: string };
  oauth_application_secret_added: ApplicationChange;
  oauth_application_deactivated: ApplicationChange;
  oauth_application_deleted: ApplicationChange;
  /** `secretHint` are the last four characters of the secret. */
  oauth_secret_expiring: Omit<ApplicationChange, 'by' | 'at'> & { secretHint: string; expiresAt: string };
  import_result: ImportOutcome;
  import_validation_result: ImportOutcome;
  import_error: ImportOutcome & { reason: string };
  export_result: { name: string; entity: string; rows: number; keptDays: number; link: string; reason: string | null };
}

export type TemplateName = keyof TemplateContexts;

interface Person {
  firstName: string;
  email: string;
  websiteName: string;
}

interface Application {
  applicationName: string;
  clientId: string;
  createdBy: string;
  createdAt: string;
  /** To the application, or for a customer user to his website. */
  link: string;
}

interface ApplicationChange {
  /** The first and last name of the owner. */
  name: string;
  applicationName: string;
  clientId: string;
  /** The name of who did it. */
  by: string;
  at: string;
  ownerType: 'customer-user' | 'user';
  /** Of a customer user; empty for a console user. */
  websiteName: string;
  /** To the application, or for a customer user to his website. */
  link: string;
}

interface ImportOutcome {
  /** The first and last name of who started it. */
  name: string;
  /** In the plural and in words: `customer users`. */
  entity: string;
  fileName: string;
  counts: { read: number; added: number; replaced: number; unchanged: number; deleted: number; failed: number };
  link: string;
}
