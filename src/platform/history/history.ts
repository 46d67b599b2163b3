import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { CurrentContext } from '../context/index.js';
import { cut, insertMany, UnitOfWork } from '../database/index.js';
import { Events } from '../events/index.js';
import { mapWithPauses } from '../pauses/index.js';
import { type Changes, HistoryEntry } from './history-entry.entity.js';

/** Which members of an entity the history shows, and of which it says only that they changed. */
export interface HistoryRules<T> {
  readonly entity: string;
  readonly members: readonly (keyof T & string)[];
  readonly secrets?: readonly (keyof T & string)[];
  /** Members that hold values by name; each is shown on its own, as `<key>.<name>`. */
  readonly named?: Readonly<Record<string, keyof T & string>>;
}

/** Characters of an actor's name that are kept. */
const MOST_NAME = 511;

type Entry = Omit<HistoryEntry, 'id'>;

/** Records were created, changed or deleted, or something was done to them, as these entries have it. What is deleted is still there. */
export class HistoryWritten {
  constructor(readonly entries: readonly Entry[]) {}
}

interface Recorded {
  id: number;
  organizationId?: number | null;
}

/** Records the changes of entities, in the unit of work that changes them. */
@Injectable()
export class History {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  created<T extends Recorded>(rules: HistoryRules<T>, row: T): Promise<void> {
    return this.write(rules.entity, row, 'created', changesBetween(rules, undefined, row));
  }

  /** Writes nothing when no member of the rules differs. `action` names the business act where it is more than an edit. */
  async changed<T extends Recorded>(rules: HistoryRules<T>, before: T, after: T, action = 'changed'): Promise<void> {
    const changes = changesBetween(rules, before, after);
    if (Object.keys(changes).length > 0) await this.write(rules.entity, after, action, changes);
  }

  /** To be called before the row goes: who hears of it may want to read it. */
  deleted<T extends Recorded>(rules: HistoryRules<T>, row: T): Promise<void> {
    return this.write(rules.entity, row, 'deleted', changesBetween(rules, row, undefined));
  }

  /** An act on a record that changes none of its members, such as granting roles. */
  noted(entity: string, row: Recorded, action: string, changes: Changes): Promise<void> {
    return this.write(entity, row, action, changes);
  }

  /** {@link noted} of many records, in one statement. */
  async notedMany(entity: string, acts: readonly { row: Recorded; action: string; changes: Changes }[]): Promise<void> {
    await this.writeMany(acts.map(({ row, action, changes }) => this.entry(entity, row, action, changes)));
  }

  /** {@link changed} for many records, in one statement. */
  async changedMany<T extends Recorded>(rules: HistoryRules<T>, changes: readonly { before: T; after: T }[]): Promise<void> {
    const entries = changes.flatMap(({ before, after }) => {
      const between = changesBetween(rules, before, after);
      return Object.keys(between).length === 0 ? [] : [this.entry(rules.entity, after, 'changed', between)];
    });
    await this.writeMany(entries);
  }

  /** {@link created} for many records, in one statement. */
  async createdMany<T extends Recorded>(rules: HistoryRules<T>, rows: readonly T[]): Promise<void> {
    await this.writeMany(
      await mapWithPauses(rows, (row) => this.entry(rules.entity, row, 'created', changesBetween(rules, undefined, row))),
    );
  }

  private async writeMany(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.work.run(async () => {
      await insertMany(this.work.manager, HistoryEntry, entries);
      await this.events.record(new HistoryWritten(entries));
    });
  }

  private async write(entity: string, row: Recorded, action: string, changes: Changes): Promise<void> {
    const entry = this.entry(entity, row, action, changes);
    await this.work.run(async () => {
      await this.work.repository(HistoryEntry).insert({ ...entry } as object);
      await this.events.record(new HistoryWritten([entry]));
    });
  }

  private entry(entity: string, row: Recorded, action: string, changes: Changes): Entry {
    const { principal, via, ip, traceId } = this.context.get();
    const { application } = principal ?? {};
    return {
      at: this.clock.now(),
      organizationId: row.organizationId ?? null,
      entity,
      entityId: row.id,
      action,
      actorType: application ? 'application' : (principal?.type ?? 'system'),
      actorId: application?.id ?? principal?.id ?? null,
      actorName: cut(application ? `${application.name} (${principal?.name})` : (principal?.name ?? 'System'), MOST_NAME),
      via,
      ip: ip ?? null,
      traceId,
      changes,
    };
  }
}

function changesBetween<T>(rules: HistoryRules<T>, before: T | undefined, after: T | undefined): Changes {
  const changes: Changes = {};
  const compare = (name: string, old: unknown, now: unknown) => {
    if (old !== now && !isDeepStrictEqual(old, now)) changes[name] = { old, new: now };
  };
  for (const member of rules.members) compare(member, before?.[member] ?? null, after?.[member] ?? null);
  for (const [key, member] of Object.entries(rules.named ?? {})) {
    const [old, now] = [before, after].map((row) => (row?.[member] ?? {}) as Record<string, unknown>);
    for (const name of Object.keys({ ...old, ...now })) compare(`${key}.${name}`, old?.[name] ?? null, now?.[name] ?? null);
  }
  for (const member of rules.secrets ?? []) {
    if (!isDeepStrictEqual(before?.[member] ?? null, after?.[member] ?? null)) changes[member] = { old: '(changed)', new: '(changed)' };
  }
  return changes;
}
