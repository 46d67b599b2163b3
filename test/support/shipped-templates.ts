/** The mails that every installation has. */
export const SHIPPED_NAMES: readonly string[] = [
  'customer_user_confirmation_email',
  'customer_user_welcome_email',
  'customer_user_welcome_email_registered_by_admin',
  'customer_user_reset_password',
  'customer_user_force_reset_password',
  'customer_user_email_change_request',
  'customer_user_email_change_confirmation',
  'customer_user_email_changed',
  'not_unique_customer_user_email',
  'consent_withdrawn',
  'customer_user_oauth_application_created',
  'user_oauth_application_created',
  'import_result',
  'import_validation_result',
  'import_error',
  'export_result',
];
