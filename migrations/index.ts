import { UseBinaryCollation1764000000010 } from './1764000000010-use-binary-collation.js';
import { CreateJobs1764000000100 } from './1764000000100-create-jobs.js';
import { CreateIdempotencyKeys1764000000150 } from './1764000000150-create-idempotency-keys.js';
import { CreateHistoryEntries1764000000160 } from './1764000000160-create-history-entries.js';
import { CreateOrganizations1764000000200 } from './1764000000200-create-organizations.js';
import { CreateLoginAttempts1764000000250 } from './1764000000250-create-login-attempts.js';
import { CreateUsers1764000000300 } from './1764000000300-create-users.js';
import { CreateCustomers1764000000400 } from './1764000000400-create-customers.js';
import { CreateCustomerUserRoles1764000000500 } from './1764000000500-create-customer-user-roles.js';
import { CreateCustomerUsers1764000000600 } from './1764000000600-create-customer-users.js';
import { CreateSessions1764000000650 } from './1764000000650-create-sessions.js';
import { CreateConsents1764000000700 } from './1764000000700-create-consents.js';
import { CreateImportsAndExports1764000000750 } from './1764000000750-create-imports-and-exports.js';
import { CreateOAuth1764000000800 } from './1764000000800-create-oauth.js';
import { CreateEmails1764000000900 } from './1764000000900-create-emails.js';
import { CreateRevokedTokens1764000001800 } from './1764000001800-create-revoked-tokens.js';
import { CreateOAuthFailedTries1764000001810 } from './1764000001810-create-oauth-failed-tries.js';
import { GiveUserRolesAnOrganization1764100000100 } from './1764100000100-give-user-roles-an-organization.js';
import { CreateCustomerPaths1764100000200 } from './1764100000200-create-customer-paths.js';
import { CreateCustomerGroups1764100000210 } from './1764100000210-create-customer-groups.js';
import { CreateAddresses1764100000220 } from './1764100000220-create-addresses.js';
import { ShowBuyersAddresses1764100000230 } from './1764100000230-show-buyers-addresses.js';
import { CreateEmailChanges1764100000300 } from './1764100000300-create-email-changes.js';
import { CreateLoginFailures1764100000310 } from './1764100000310-create-login-failures.js';
import { CreateCustomFields1764100000500 } from './1764100000500-create-custom-fields.js';
import { AddCustomFieldValues1764100000510 } from './1764100000510-add-custom-field-values.js';
import { IndexCustomerUserLists1764100000600 } from './1764100000600-index-customer-user-lists.js';
import { CreateCommerceDocuments1764100000700 } from './1764100000700-create-commerce-documents.js';
import { ShowBuyersTheirDocuments1764100000710 } from './1764100000710-show-buyers-their-documents.js';
import { PackCustomerUserEmails1764100000800 } from './1764100000800-pack-customer-user-emails.js';
import { IndexHistoryEntries1764100000900 } from './1764100000900-index-history-entries.js';
import { IndexCustomerUserRoles1764100001000 } from './1764100001000-index-customer-user-roles.js';
import { TellWhoseCopyARoleIs1764100001010 } from './1764100001010-tell-whose-copy-a-role-is.js';
import { NoteToldExpiries1764100001200 } from './1764100001200-note-told-expiries.js';
import { KeepWhatImportsFoundOut1764100001300 } from './1764100001300-keep-what-imports-found-out.js';
import { KeepDifferencesOfValidations1764100001310 } from './1764100001310-keep-differences-of-validations.js';
import { CreateEmailTemplates1764100001400 } from './1764100001400-create-email-templates.js';
import { CreateNotificationRules1764100001410 } from './1764100001410-create-notification-rules.js';
import { CreateEmailMinutes1764100001420 } from './1764100001420-create-email-minutes.js';
import { FindPersonalData1764100001500 } from './1764100001500-find-personal-data.js';
import { IndexAcceptances1764100001510 } from './1764100001510-index-acceptances.js';
import { LetConsentsBeLinks1764100001700 } from './1764100001700-let-consents-be-links.js';
import { PlaceConsentsPerWebsite1764100001920 } from './1764100001920-place-consents-per-website.js';
import { CreateNotes1764100001950 } from './1764100001950-create-notes.js';
import { CreateCalendarEvents1764100001955 } from './1764100001955-create-calendar-events.js';
import { CreateAttachments1764100001960 } from './1764100001960-create-attachments.js';
import { IndexTimelines1764100001965 } from './1764100001965-index-timelines.js';
import { ShowRepresentativesRecords1764100001970 } from './1764100001970-show-representatives-records.js';
import { NameJobsOfUnheldFiles1764100002200 } from './1764100002200-name-jobs-of-unheld-files.js';
import { DropDoubledHistoryIndex1764100002300 } from './1764100002300-drop-doubled-history-index.js';

/** In the order in which they run. Append-only: one that has run somewhere is never edited. */
export const migrations = [
  UseBinaryCollation1764000000010,
  CreateJobs1764000000100,
  CreateIdempotencyKeys1764000000150,
  CreateHistoryEntries1764000000160,
  CreateOrganizations1764000000200,
  CreateLoginAttempts1764000000250,
  CreateUsers1764000000300,
  CreateCustomers1764000000400,
  CreateCustomerUserRoles1764000000500,
  CreateCustomerUsers1764000000600,
  CreateSessions1764000000650,
  CreateConsents1764000000700,
  CreateImportsAndExports1764000000750,
  CreateOAuth1764000000800,
  CreateEmails1764000000900,
  CreateRevokedTokens1764000001800,
  CreateOAuthFailedTries1764000001810,
  GiveUserRolesAnOrganization1764100000100,
  CreateCustomerPaths1764100000200,
  CreateCustomerGroups1764100000210,
  CreateAddresses1764100000220,
  ShowBuyersAddresses1764100000230,
  CreateEmailChanges1764100000300,
  CreateLoginFailures1764100000310,
  CreateCustomFields1764100000500,
  AddCustomFieldValues1764100000510,
  IndexCustomerUserLists1764100000600,
  CreateCommerceDocuments1764100000700,
  ShowBuyersTheirDocuments1764100000710,
  PackCustomerUserEmails1764100000800,
  IndexHistoryEntries1764100000900,
  IndexCustomerUserRoles1764100001000,
  TellWhoseCopyARoleIs1764100001010,
  NoteToldExpiries1764100001200,
  KeepWhatImportsFoundOut1764100001300,
  KeepDifferencesOfValidations1764100001310,
  CreateEmailTemplates1764100001400,
  CreateNotificationRules1764100001410,
  CreateEmailMinutes1764100001420,
  FindPersonalData1764100001500,
  IndexAcceptances1764100001510,
  LetConsentsBeLinks1764100001700,
  PlaceConsentsPerWebsite1764100001920,
  CreateNotes1764100001950,
  CreateCalendarEvents1764100001955,
  CreateAttachments1764100001960,
  IndexTimelines1764100001965,
  ShowRepresentativesRecords1764100001970,
  NameJobsOfUnheldFiles1764100002200,
  DropDoubledHistoryIndex1764100002300,
];
