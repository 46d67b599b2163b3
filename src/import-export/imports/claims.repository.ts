import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { findMany, insertMany, UnitOfWork } from '../../platform/database/index.js';
import { sha256 } from '../../platform/secrets/index.js';
import { type Claim, Claims, keyOf } from './claims.js';
import { ImportClaim } from './import.entity.js';

export interface Key {
  readonly member: string;
  readonly value: string;
}

@Injectable()
export class ClaimsRepository {
  constructor(private readonly work: UnitOfWork) {}

  /** What earlier batches did with these keys, as they stand and in lower case. */
  async load(importId: number, keys: readonly Key[]): Promise<Claims> {
    if (keys.length === 0) return new Claims();
    const texts = keys.flatMap(({ member, value }) => [keyOf(member, value), keyOf(member, value.toLowerCase())]);
    const byHash = new Map(texts.map((text) => [sha256(text), text]));
    const rows = await findMany(this.work.manager, ImportClaim, 'keyHash', [...byHash.keys()], { where: { importId } });
    return new Claims(new Map(rows.map(({ keyHash, kind, row }): [string, Claim] => [byHash.get(keyHash) ?? '', { kind, row }])));
  }

  /** Keeps what a batch did with them. */
  async save(importId: number, claims: Iterable<[string, Claim]>): Promise<void> {
    const rows = [...claims].map(([key, claim]) => ({ importId, keyHash: sha256(key), ...claim }));
    if (rows.length === 0) return;
    await this.work.repository(ImportClaim).delete({ importId, keyHash: In(rows.map(({ keyHash }) => keyHash)) });
    await insertMany(this.work.manager, ImportClaim, rows);
  }

  async forget(importId: number): Promise<void> {
    await this.work.repository(ImportClaim).delete({ importId });
  }
}
