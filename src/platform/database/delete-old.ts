import { type FindOptionsWhere, In, type ObjectLiteral, type Repository } from 'typeorm';

const CHUNK = 1_000;

/** Deletes the rows whose `column` is before `moment`, a chunk at a time so that nobody waits long for their locks. */
export async function deleteBefore<T extends ObjectLiteral & { id: number }>(
  rows: Repository<T>,
  column: keyof T & string,
  moment: Date,
): Promise<void> {
  for (let found = CHUNK; found === CHUNK;) {
    const old = await rows.createQueryBuilder('old').select('old.id').where(`old.${column} < :moment`, { moment }).take(CHUNK).getMany();
    found = old.length;
    // One IN: a list of ids would become a chain of ORs, which SQLite refuses past 1 000.
    if (found > 0) await rows.delete({ id: In(old.map(({ id }) => id)) } as unknown as FindOptionsWhere<T>);
  }
}
