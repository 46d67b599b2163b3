import type { EntityMetadata } from 'typeorm';
import { revisingOf } from './revises.decorator.js';

/** A table that remembered answers depend on, in the words of the database. */
export interface WatchedTable {
  readonly name: string;
  /** The kind that every write changes; without it, `by` says which rows are written. */
  readonly all?: string;
  /** Kinds by the column that holds the id. */
  readonly by: ReadonlyMap<string, string>;
  readonly apartFrom: ReadonlySet<string>;
  readonly added: boolean;
}

/** The tables of the entities that are marked with `@Revises`. Throws when one names a member that it has not. */
export const watchedTables = (entities: readonly EntityMetadata[]): WatchedTable[] => entities.flatMap((entity) => watched(entity) ?? []);

function watched(entity: EntityMetadata): WatchedTable | undefined {
  const revising = revisingOf(entity.target);
  if (!revising) return undefined;
  const column = (member: string): string => {
    const found = entity.findColumnWithPropertyName(member);
    if (!found) throw new Error(`${entity.name} has no member ${member}, which @Revises names.`);
    return found.databaseName;
  };
  const members = entity.columns.map(({ propertyName }) => propertyName);
  const { only = members, added = false } = revising;
  only.forEach(column);
  const { apartFrom = members.filter((member) => !only.includes(member)) } = revising;
  return {
    name: entity.tableName,
    ...('all' in revising && { all: revising.all }),
    by: new Map('by' in revising ? Object.entries(revising.by).map(([member, kind]) => [column(member), kind]) : []),
    apartFrom: new Set(apartFrom.map(column)),
    added,
  };
}
