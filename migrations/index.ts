import { UseBinaryCollation1764000000010 } from './1764000000010-use-binary-collation.js';
import { CreateJobs1764000000100 } from './1764000000100-create-jobs.js';
import { CreateIdempotencyKeys1764000000150 } from './1764000000150-create-idempotency-keys.js';
import { CreateHistoryEntries1764000000160 } from './1764000000160-create-history-entries.js';
import { CreateOrganizations1764000000200 } from './1764000000200-create-organizations.js';
import { CreateUsers1764000000300 } from './1764000000300-create-users.js';

/** In the order in which they run. Append-only: what has landed is never edited. */
export const migrations = [
  UseBinaryCollation1764000000010,
  CreateJobs1764000000100,
  CreateIdempotencyKeys1764000000150,
  CreateHistoryEntries1764000000160,
  CreateOrganizations1764000000200,
  CreateUsers1764000000300,
];
