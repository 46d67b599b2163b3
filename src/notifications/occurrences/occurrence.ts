import { type Found, found, partsOf } from '../rules/conditions.js';
import type { EventName } from './events.js';
import { valueAt } from '../rendering/values.js';

type Facts = Readonly<Record<string, unknown>>;

/** Somebody whom mails go to, as far as he is known. */
export interface Addressee {
  readonly name: string | null;
  readonly address: string;
  readonly customerUserId?: number;
  readonly userId?: number;
  /** The website whose sender writes to him. */
  readonly websiteId?: number;
  /** The language in which he reads; the organization's when left out. */
  readonly localizationId?: number | null;
}

export interface OccurrenceParts {
  readonly event: EventName;
  readonly organizationId: number;
  readonly recordId: number | null;
  /** Of several of one key, the first writes its mails. */
  readonly key?: string;
  /** What the event alone knows; `undefined` when there is nothing to tell any more. */
  readonly facts: () => Promise<Facts | undefined>;
  /** What there is to say of the record beside. */
  readonly record: () => Promise<Facts | undefined>;
  /** The customer user whom it is about. */
  readonly person: () => Promise<Addressee | undefined>;
  /** The person to whom the record belongs. */
  readonly owner: () => Promise<Addressee | undefined>;
}

/** Something that happened, as rules look at it: what nobody asks for is not read. */
export class Occurrence {
  readonly facts: () => Promise<Facts | undefined>;
  readonly record: () => Promise<Facts | undefined>;
  readonly person: () => Promise<Addressee | undefined>;
  readonly owner: () => Promise<Addressee | undefined>;

  constructor(readonly parts: OccurrenceParts) {
    this.facts = once(parts.facts);
    this.record = once(parts.record);
    this.person = once(parts.person);
    this.owner = once(parts.owner);
  }

  /** What a path leads to: in what the event knows, else in the record. */
  async valueAt(path: string): Promise<unknown> {
    const parts = partsOf(path);
    return valueAt(await this.around(parts), parts);
  }

  /** The same through lists as well. */
  async find(path: string): Promise<Found> {
    const parts = partsOf(path);
    return found(await this.around(parts), parts);
  }

  private async around([first = '']: readonly string[]): Promise<Facts> {
    const facts = (await this.facts()) ?? {};
    return Object.hasOwn(facts, first) ? facts : ((await this.record()) ?? {});
  }
}

/** The same answer to everybody who asks. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}
