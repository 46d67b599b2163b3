import { A_VISIT, aRecord, RECORD_KINDS } from '../../factories/person-records.js';
import type { BodyRoute } from './body-route.js';

/** Everything that each kind takes as JSON. */
const BODIES: Record<string, { required?: readonly string[]; body: () => object }> = {
  notes: { required: ['text'], body: () => ({ text: 'Wants the blue one.', ownerId: 1, attachmentId: null }) },
  attachments: { body: () => ({ comment: 'Superseded.', ownerId: 1 }) },
  'calendar-events': {
    required: ['title', 'startsAt', 'endsAt'],
    body: () => ({
      ...{ ...A_VISIT, description: 'Look at the conveyor.', timeZone: 'Europe/Berlin', allDay: false, reminderMinutes: [15], ownerId: 1 },
      attendees: [{ email: 'jo.cho@supplier.example', name: 'Jo Cho', status: 'accepted' }, { userId: 1 }],
    }),
  },
};

/** Those of records about customer users. */
export const RECORD_ROUTES: readonly BodyRoute[] = RECORD_KINDS.flatMap((kind): BodyRoute[] => {
  const { required, body = () => ({}) } = BODIES[kind.path] ?? {};
  return [
    ...(required
      ? [
          {
            ...({ method: 'POST', route: `/admin/api/customer-users/:id/${kind.path}`, as: 'admin', required, body } as const),
            id: (_product: unknown, { buyerId }: { buyerId: number }) => buyerId,
          },
        ]
      : []),
    {
      ...{ method: 'PATCH', route: `/admin/api/customer-users/1/${kind.path}/:id`, as: 'admin', body },
      id: async ({ admin }) => (await aRecord(kind, admin, 1)).id,
    },
  ];
});

export const RECORD_ID_ROUTES = RECORD_KINDS.flatMap(({ path }) => [
  ...(['GET', 'POST'] as const).map((method) => [method, `/admin/api/customer-users/:id/${path}`, 'admin'] as const),
  ...(['GET', 'PATCH', 'DELETE'] as const).map((method) => [method, `/admin/api/customer-users/1/${path}/:id`, 'admin'] as const),
  ['GET', '/admin/api/customer-users/1/attachments/:id/file', 'admin'] as const,
  ['GET', '/admin/api/customer-users/:id/timeline', 'admin'] as const,
]);

export const RECORD_LISTS = [...RECORD_KINDS.map(({ path }) => path), 'timeline'].map((path) => `customer-users/1/${path}`);
