import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, type ObjectLiteral, type Repository, type SelectQueryBuilder } from 'typeorm';
import { batchesById, UnitOfWork } from '../../platform/database/index.js';
import { ERASED } from '../../platform/personal-data/index.js';
import type { Differences } from './differences.js';
import { ImportDifference, ImportError } from './import.entity.js';

const CHUNK = 500;

type Told = ObjectLiteral & { id: number; importId: number; row: number };

/** Takes out of what is told of an import's rows what was in them; that something was wrong with them, or would change, stays. */
@Injectable()
export class BlottedRows {
  constructor(private readonly work: UnitOfWork) {}

  /** Beside the rows, those of which something quotes one of the texts, which are in lower case. */
  async blot(importId: number, rows: readonly number[] | 'any', texts: readonly string[]): Promise<void> {
    const { condition, parameters } = quoting(texts);
    const errors = this.work.repository(ImportError);
    for (const where of await this.places(errors, importId, rows, (query) =>
      query.andWhere(`(${condition('told.value')} OR ${condition('told.detail')})`, parameters),
    ))
      for await (const found of batchesById(this.work.manager, ImportError, where))
        for (const { id, row, column } of found)
          await errors.update({ id }, { value: null, detail: `row ${row}${column === null ? '' : `, ${column}`}: ${ERASED}` });
    const differences = this.work.repository(ImportDifference);
    for (const where of await this.places(differences, importId, rows, (query) => query.andWhere(condition('told.changes'), parameters)))
      for await (const found of batchesById(this.work.manager, ImportDifference, where))
        for (const { id, changes } of found) await differences.update({ id }, { changes: blotted(changes) as object });
  }

  private async places<T extends Told>(
    told: Repository<T>,
    importId: number,
    rows: readonly number[] | 'any',
    quotes: (query: SelectQueryBuilder<T>) => SelectQueryBuilder<T>,
  ): Promise<FindOptionsWhere<T>[]> {
    if (rows === 'any') return [{ importId } as FindOptionsWhere<T>];
    const query = told.createQueryBuilder('told').select('told.row', 'row').where('told.importId = :importId', { importId });
    const found = await quotes(query).getRawMany<{ row: number | string }>();
    const all = [...new Set([...rows, ...found.map(({ row }) => Number(row))])];
    return chunksOf(all).map((chunk) => ({ importId, row: In(chunk) }) as FindOptionsWhere<T>);
  }
}

function quoting(texts: readonly string[]) {
  const parameters = Object.fromEntries(texts.map((text, n) => [`text${n}`, text]));
  const condition = (column: string) => `(${texts.map((_, n) => `INSTR(LOWER(${column}), :text${n}) > 0`).join(' OR ')})`;
  return { condition, parameters };
}

const chunksOf = (rows: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));

function blotted(changes: Differences): Differences {
  const hide = (value: unknown) => (value === null ? null : ERASED);
  return Object.fromEntries(Object.entries(changes).map(([member, { old, new: now }]) => [member, { old: hide(old), new: hide(now) }]));
}
