import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Customers } from '../../customers/index.js';
import { cut, insertMany, UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput } from '../../platform/errors/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { joinWords, wordsOf } from '../../platform/listing/index.js';
import { mapWithPauses } from '../../platform/pauses/index.js';
import { CustomerUserRolesChanged } from '../../roles/index.js';
import { CustomerUser, CustomerUserWord } from '../customer-user.entity.js';
import { customerUnknown } from '../customer-users.errors.js';
import { PackedEmails } from './packed-emails.js';

/** Of one list of ids. */
const CHUNK = 1_000;

/** SQLite bounds the depth of an expression. */
const MOST_CONDITIONS = 200;

/** The members of a customer user that follow from others, so that lists have one indexed column for each of their keys. */
export type ListKey = 'firstNameLower' | 'lastNameLower' | 'customerNameLower' | 'externalIdLower' | 'searchWords';

type Keyed = Omit<CustomerUser, ListKey> & Partial<Pick<CustomerUser, ListKey>>;

const lower = (text: string): string => cut(text.toLowerCase(), 255);

/** What lists find a person by who acts for a customer of that name. */
export const listKeysOf = (
  {
    firstName,
    middleName,
    lastName,
    email,
    externalId,
  }: Pick<CustomerUser, 'firstName' | 'middleName' | 'lastName' | 'email' | 'externalId'>,
  customerName: string,
): Pick<CustomerUser, ListKey> => ({
  firstNameLower: lower(firstName),
  lastNameLower: lower(lastName),
  customerNameLower: lower(customerName),
  externalIdLower: externalId === null ? null : lower(externalId),
  searchWords: joinWords(wordsOf(firstName, middleName, lastName, email, customerName)),
});

/** The id that lists sort by where there may be several. */
export const firstOf = (ids: readonly number[]): number | null => (ids.length === 0 ? null : Math.min(...ids));

/** The words of a person as they are in his row. */
export const wordsIn = (searchWords: string | undefined): string[] => searchWords?.split(' ').filter((word) => word !== '') ?? [];

/** Keeps the columns and words by which lists find customer users right. */
@Injectable()
export class ListKeys {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: Customers,
    private readonly emails: PackedEmails,
  ) {}

  /**
   * Runs `write`, which writes these rows, with their keys as they have to be, and their words after it. `comers` are those who are with
   * their customer from now on. Throws `InvalidInput` where a customer has been deleted since he was looked up; from here on none is.
   */
  async keep<T>(people: readonly CustomerUser[], write: () => Promise<T>, comers = people): Promise<T> {
    const before = people.map((person: Keyed) => new Set(wordsIn(person.searchWords)));
    await this.fill(people, comers);
    const written = await write();
    const [gone, come]: [CustomerUserWord[], CustomerUserWord[]] = [[], []];
    people.forEach(({ id, searchWords }, i) => {
      const now = wordsIn(searchWords);
      for (const word of now) if (!before[i]?.delete(word)) come.push({ word, customerUserId: id });
      for (const word of before[i] ?? []) gone.push({ word, customerUserId: id });
    });
    await this.take(gone);
    await this.add(come);
    await this.emails.markChanged(people);
    return written;
  }

  /** Gives rows that are about to be written their keys. Throws as {@link keep} does. */
  async fill(people: readonly CustomerUser[], comers = people): Promise<void> {
    const names = await this.namesOf(people, comers);
    if (people.some(({ customerId }) => !names.has(customerId))) throw new InvalidInput([customerUnknown]);
    await mapWithPauses(people, (person) => Object.assign(person, listKeysOf(person, names.get(person.customerId) ?? '')));
  }

  /**
   * Whoever renames a customer waits for those of its people who are being written, and renames them after that: their customer's row need
   * not be held, which would be the other way round than he holds the two. Of comers he does not know, so he has to wait at the customer.
   */
  private async namesOf(people: readonly CustomerUser[], comers: readonly CustomerUser[]): Promise<Map<number, string>> {
    const names = await this.customers.steadyNames(comers.map(({ customerId }) => customerId));
    const others = people.flatMap(({ customerId }) => (names.has(customerId) ? [] : customerId));
    for (const { id, name } of (await this.customers.summaries(others)).values()) names.set(id, name);
    return names;
  }

  /** Keeps the words of new people, who were written after {@link fill}. */
  async introduce(people: readonly CustomerUser[]): Promise<void> {
    await this.add(people.flatMap(({ id, searchWords }) => wordsIn(searchWords).map((word) => ({ word, customerUserId: id }))));
    await this.emails.markChanged(people);
  }

  /** Words and packed address go with the person. */
  async forget(id: number): Promise<void> {
    const row = await this.work.repository(CustomerUser).findOne({ select: { id: true, searchWords: true }, where: { id } });
    await this.work.repository(CustomerUserWord).delete({ word: In(wordsIn(row?.searchWords)), customerUserId: id });
    await this.emails.mark([id]);
  }

  @ListensTo(CustomerUserRolesChanged)
  async sortByRole({ customerUserIds }: CustomerUserRolesChanged): Promise<void> {
    await this.setFirst('role_id', 'SELECT MIN(a.role_id) FROM customer_user_role_assignments a WHERE a.customer_user_id', customerUserIds);
  }

  async sortByRepresentative(customerUserIds: readonly number[]): Promise<void> {
    const first = 'SELECT MIN(s.user_id) FROM customer_user_sales_representatives s WHERE s.customer_user_id';
    await this.setFirst('sales_representative_id', first, customerUserIds);
  }

  /** In SQL, for it is no change of the person: his version stays. */
  private async setFirst(column: string, first: string, ids: readonly number[]): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK) {
      const some = ids.slice(start, start + CHUNK);
      const places = some.map(() => '?').join(', ');
      await this.work.manager.query(
        `UPDATE customer_users SET ${column} = (${first} = customer_users.id) WHERE id IN (${places})`,
        // TypeORM takes the parameters as mutable.
        [...some],
      );
    }
  }

  private async take(words: readonly CustomerUserWord[]): Promise<void> {
    for (let start = 0; start < words.length; start += MOST_CONDITIONS) {
      const some = words.slice(start, start + MOST_CONDITIONS);
      await this.work.manager.query(
        `DELETE FROM customer_user_words WHERE ${some.map(() => '(word = ? AND customer_user_id = ?)').join(' OR ')}`,
        some.flatMap(({ word, customerUserId }) => [word, customerUserId]),
      );
    }
  }

  private async add(words: CustomerUserWord[]): Promise<void> {
    // In the order of the table, whose pages are then visited once each.
    words.sort((one, other) => (one.word < other.word ? -1 : one.word > other.word ? 1 : one.customerUserId - other.customerUserId));
    await insertMany(this.work.manager, CustomerUserWord, words);
  }
}
