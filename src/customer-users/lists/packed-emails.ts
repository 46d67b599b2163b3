import { Injectable } from '@nestjs/common';
import { DataSource, type EntitySubscriberInterface, In, type UpdateEvent } from 'typeorm';
import { MINUTE } from '../../platform/clock/index.js';
import { insertMany, UnitOfWork } from '../../platform/database/index.js';
import { Chore } from '../../platform/jobs/index.js';
import { CustomerUser, CustomerUserEmailBlock, CustomerUserUnpackedEmail } from '../customer-user.entity.js';

/** People of one block, by their ids. */
export const BLOCK_SIZE = 64;

/** Blocks, and marks, of one transaction. */
const STEP = 100;
const MARKS = 1_000;

const blockOf = (id: number): number => Math.floor(id / BLOCK_SIZE);

const membersOf = (block: number): number[] => Array.from({ length: BLOCK_SIZE }, (_, i) => block * BLOCK_SIZE + i);

/**
 * Packs the email addresses of neighbours, so that a search by a part of one looks through few rows. An address that changes is marked
 * in the act that changes it and looked at on its own until its block is packed again, so that no search misses it.
 */
@Injectable()
export class PackedEmails extends Chore implements EntitySubscriberInterface<CustomerUser> {
  readonly name = 'Packing email addresses';
  override readonly every = MINUTE;

  /** Of whom other members alone were written. */
  private readonly steady = new WeakSet<object>();

  constructor(
    private readonly work: UnitOfWork,
    dataSource: DataSource,
  ) {
    super();
    dataSource.subscribers.push(this);
  }

  listenTo(): typeof CustomerUser {
    return CustomerUser;
  }

  beforeUpdate({ entity, updatedColumns }: UpdateEvent<CustomerUser>): void {
    if (entity && !updatedColumns.some(({ propertyName }) => propertyName === 'emailLower')) this.steady.add(entity);
  }

  /** Says that the address of somebody who is about to be written stays. */
  leave(person: CustomerUser): void {
    this.steady.add(person);
  }

  /** Marks these people, who have just been written, save those whose address is known to have stayed. */
  async markChanged(people: readonly CustomerUser[]): Promise<void> {
    await this.mark(people.filter((person) => !this.steady.delete(person)).map(({ id }) => id));
  }

  /** Says that the addresses of these people come, change or go. */
  async mark(ids: readonly number[]): Promise<void> {
    const marks = ids.map((customerUserId) => ({ customerUserId }));
    await insertMany(this.work.manager, CustomerUserUnpackedEmail, marks, { orIgnore: true });
  }

  /** Packs whatever is marked. */
  async run(): Promise<void> {
    while (await this.work.run(() => this.step()));
  }

  /** False when nothing was left to do. The marks are locked before the addresses are read: who marks later waits, and marks again. */
  private async step(): Promise<boolean> {
    const unpacked = this.work.repository(CustomerUserUnpackedEmail);
    const lock = this.work.forUpdate && { ...this.work.forUpdate, onLocked: 'skip_locked' as const };
    const marked = await unpacked.find({ order: { customerUserId: 'ASC' }, take: MARKS, lock });
    const blocks = [...new Set(marked.map(({ customerUserId }) => blockOf(customerUserId)))].slice(0, STEP);
    const last = blocks.at(-1);
    if (last === undefined) return false;
    const people = await this.work.repository(CustomerUser).find({
      select: { id: true, emailLower: true },
      where: { id: In(blocks.flatMap(membersOf)) },
      order: { id: 'ASC' },
    });
    const emails = new Map<number, string[]>();
    for (const { id, emailLower } of people) emails.set(blockOf(id), [...(emails.get(blockOf(id)) ?? []), emailLower]);
    const packed = [...emails].map(([block, texts]) => ({ block, emails: texts.join('\n') }));
    const rows = this.work.repository(CustomerUserEmailBlock);
    if (packed.length > 0) await rows.upsert(packed, ['block']);
    const empty = blocks.filter((block) => !emails.has(block));
    if (empty.length > 0) await rows.delete({ block: In(empty) });
    const done = marked.flatMap(({ customerUserId }) => (blockOf(customerUserId) <= last ? [customerUserId] : []));
    await unpacked.delete({ customerUserId: In(done) });
    return true;
  }
}
