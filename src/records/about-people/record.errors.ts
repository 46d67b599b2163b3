import type { MemberFault } from '../../platform/errors/index.js';

export const ownerUnknown: MemberFault = { pointer: '/ownerId', code: 'records.owner_unknown', detail: 'There is no such user.' };
