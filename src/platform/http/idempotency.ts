import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, Not } from 'typeorm';
import { Clock, DAY, MINUTE } from '../clock/index.js';
import { batchesById, refusingDuplicates, UnitOfWork } from '../database/index.js';
import { DomainError, InvalidInput } from '../errors/index.js';
import { Vault } from '../secrets/index.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { PROBLEM_TYPE, problemOf, type Refusal } from './problem.js';

/** How long a key is remembered. */
export const LIFETIME = DAY;

/** A call without an answer for so long died with its process. */
const ABANDONED = 10 * MINUTE;

/** The status of a call that has no answer yet. */
const UNANSWERED = 0;

const KEY_INVALID = {
  pointer: 'Idempotency-Key',
  code: 'idempotency.key_invalid',
  detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters.',
};

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface Attempt {
  caller: string;
  key: string;
  url: string;
  /** Beside the address, everything that makes two calls the same call. */
  content: string;
}

/** An answer, with the address that gave it. */
export type KeptAnswer = Answer & { readonly url: string };

const FORGOTTEN: Refusal = {
  status: 409,
  code: 'idempotency.answer_erased',
  detail: 'The call was carried out; its answer was about somebody whose data have been erased since.',
};

const NO_ANSWER: Answer = { status: UNANSWERED, headers: {}, body: null };

class KeyTaken extends Error {}

/** Another call with the same key goes on still. */
class CallUnderWay extends DomainError {
  constructor() {
    const detail = 'A call with this Idempotency-Key is being carried out; ask for its answer again in a moment.';
    super('conflict', 'idempotency.under_way', detail, [], 5);
  }
}

/** Remembers what a POST answered under its `Idempotency-Key`. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /**
   * The answer of an earlier call with the same key, if there is one.
   * Throws 422 `idempotency.key_reused` when the earlier call was another one.
   */
  async recall({ caller, key, url, content }: Attempt): Promise<Answer | undefined> {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new InvalidInput([KEY_INVALID], KEY_INVALID.code);
    const keys = this.work.repository(IdempotencyKey);
    const found = await keys.findOneBy({ caller, key });
    if (!found) return undefined;
    const abandoned = found.status === UNANSWERED && found.createdAt < this.clock.in(-ABANDONED);
    if (abandoned || found.createdAt < this.clock.in(-LIFETIME)) {
      await keys.delete({ id: found.id });
      return undefined;
    }
    if (found.fingerprint !== this.fingerprint(url, content))
      throw new DomainError('unprocessable', 'idempotency.key_reused', 'The Idempotency-Key was used with another request.');
    if (found.status === UNANSWERED) throw new CallUnderWay();
    return this.opened(found);
  }

  /**
   * Runs `act` and keeps its answer in the same transaction, so that the act is done and remembered, or neither. Of two calls at
   * once the second waits for the first and answers what that one answered.
   */
  async once(attempt: Attempt, act: () => Promise<Answer>): Promise<Answer> {
    const answer = (await this.recall(attempt)) ?? (await this.first(attempt, act));
    return answer ?? this.once(attempt, act);
  }

  /**
   * Runs an act of many transactions, and keeps its answer after the last. Of two calls at once the second is refused with 409
   * `idempotency.under_way` until the first has its answer.
   */
  async inParts(attempt: Attempt, act: () => Promise<Answer>): Promise<Answer> {
    const earlier = await this.recall(attempt);
    if (earlier) return earlier;
    const id = await this.reserve(attempt);
    if (id === undefined) return this.inParts(attempt, act);
    const keys = this.work.repository(IdempotencyKey);
    try {
      const answer = await act();
      await keys.update({ id }, { status: answer.status, answer: this.sealed(attempt.url, answer) });
      return answer;
    } catch (error) {
      await keys.delete({ id });
      throw error;
    }
  }

  /** Keeps the answer of an act that was done outside of {@link once}, such as a refusal. */
  async remember(attempt: Attempt, answer: Answer): Promise<void> {
    await this.insert(attempt, answer).catch((error: unknown) => {
      if (!(error instanceof KeyTaken)) throw error;
    });
  }

  /** Puts a refusal in the place of answers that were given until then, where `isAbout` says so: what was done is not done again. */
  async forget(until: Date, isAbout: (answer: KeptAnswer) => boolean): Promise<void> {
    const where = { createdAt: LessThanOrEqual(until), status: Not(UNANSWERED) };
    for await (const rows of batchesById(this.work.manager, IdempotencyKey, where, ['status', 'answer'])) {
      for (const row of rows) {
        const { url, ...answer } = this.opened(row);
        if (!isAbout({ url, ...answer })) continue;
        const body = problemOf(FORGOTTEN, url.split('?', 1)[0] ?? '', 'none');
        const refusal = { status: FORGOTTEN.status, headers: { 'content-type': PROBLEM_TYPE }, body };
        await this.work.repository(IdempotencyKey).update({ id: row.id }, { status: refusal.status, answer: this.sealed(url, refusal) });
      }
    }
  }

  private async first(attempt: Attempt, act: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await this.work.run(async () => {
        const id = await this.insert(attempt, NO_ANSWER);
        const answer = await act();
        await this.work.repository(IdempotencyKey).update({ id }, { status: answer.status, answer: this.sealed(attempt.url, answer) });
        return answer;
      });
    } catch (error) {
      if (error instanceof KeyTaken) return undefined;
      throw error;
    }
  }

  /** The reservation, unless somebody else was faster. */
  private reserve(attempt: Attempt): Promise<number | undefined> {
    return this.insert(attempt, NO_ANSWER).catch((error: unknown) => {
      if (error instanceof KeyTaken) return undefined;
      throw error;
    });
  }

  private async insert(attempt: Attempt, answer: Answer): Promise<number> {
    const row = {
      caller: attempt.caller,
      key: attempt.key,
      fingerprint: this.fingerprint(attempt.url, attempt.content),
      status: answer.status,
      answer: this.sealed(attempt.url, answer),
      createdAt: this.clock.now(),
    };
    const taken = { uq_idempotency_keys: () => new KeyTaken() };
    const saved = await refusingDuplicates(this.work.manager, taken, () => this.work.repository(IdempotencyKey).save({ ...row }));
    return saved.id;
  }

  private sealed(url: string, { headers, body }: Answer): string {
    return this.vault.seal('idempotency', JSON.stringify({ url, headers, body }));
  }

  private opened({ status, answer }: Pick<IdempotencyKey, 'status' | 'answer'>): KeptAnswer {
    const { url = '', headers, body } = JSON.parse(this.vault.open('idempotency', answer)) as Partial<KeptAnswer> & Answer;
    return { status, url, headers, body };
  }

  private fingerprint(url: string, content: string): string {
    return this.vault.hmac('idempotency', `POST ${url} ${content}`);
  }
}
