import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { batchesById, UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { ConsentLedger } from './consent-ledger.service.js';
import { LedgerEntry, LedgerOrigin } from './ledger.entity.js';
import { LedgerRepository } from './ledger.repository.js';

const CHUNK = 500;

/** What a customer user accepted and withdrew. The entries stay, and their chain with them: his id, which they name, is then a pseudonym. */
@Injectable()
export class ConsentData extends PersonalData {
  readonly section = 'consents';
  readonly tables = ['consent_ledger', 'consent_ledger_origins'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly consents: ConsentLedger,
    private readonly ledger: LedgerRepository,
  ) {
    super();
  }

  async *collect({ customerUserId }: DataSubject): AsyncGenerator<unknown> {
    for await (const entries of batchesById(this.work.manager, LedgerEntry, { customerUserId })) yield* await this.consents.shown(entries);
  }

  /** The salt goes with the address and the browser, so that nobody finds them by trying. */
  async erase({ customerUserId }: DataSubject): Promise<void> {
    const entries = await this.ledger.entries().select('entry.id').where({ customerUserId }).getMany();
    for (let start = 0; start < entries.length; start += CHUNK)
      await this.work.repository(LedgerOrigin).delete({ entryId: In(entries.slice(start, start + CHUNK).map(({ id }) => id)) });
  }
}
