/** What every list of records can be filtered and sorted by. */
export const recordFields = (entity: string) =>
  ({
    id: { column: `${entity}.id`, type: 'id', sort: true },
    ownerId: { column: `${entity}.ownerId`, type: 'id', nullable: true },
    createdAt: { column: `${entity}.createdAt`, type: 'instant', sort: true },
    updatedAt: { column: `${entity}.updatedAt`, type: 'instant', sort: true },
  }) as const;
