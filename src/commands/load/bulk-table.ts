import type { DataSource, EntityMetadata, QueryRunner } from 'typeorm';

/** Rows of one INSERT: more gain nothing, and servers limit the length of a statement. */
const CHUNK = 1_000;

export type Cell = string | number | boolean | Date | object | null | undefined;

/** Writes many rows into a table with few long statements. Made for data of our own making: its texts have no backslashes. */
export class BulkTable<Row extends Record<string, Cell>> {
  private readonly metadata: EntityMetadata;
  private waiting: Row[] = [];

  constructor(
    dataSource: DataSource,
    private readonly runner: QueryRunner,
    readonly name: string,
  ) {
    const metadata = dataSource.entityMetadatas.find(({ tableName }) => tableName === name);
    if (!metadata) throw new Error(`There is no table ${name}.`);
    this.metadata = metadata;
  }

  /** The first id that is free. */
  async nextId(): Promise<number> {
    const [row] = (await this.runner.query(`SELECT MAX(id) AS last FROM ${this.name}`)) as { last: number | string | null }[];
    return Number(row?.last ?? 0) + 1;
  }

  async add(...rows: readonly Row[]): Promise<void> {
    this.waiting.push(...rows);
    while (this.waiting.length >= CHUNK) await this.write(this.waiting.splice(0, CHUNK));
  }

  /** Writes what is left. */
  async flush(): Promise<void> {
    if (this.waiting.length > 0) await this.write(this.waiting.splice(0));
  }

  private async write(rows: readonly Row[]): Promise<void> {
    const { columns } = this.metadata;
    const names = columns.map(({ databaseName }) => databaseName).join(', ');
    const values = rows.map((row) => `(${columns.map((column) => literal(valueOf(row, column))).join(',')})`);
    await this.runner.query(`INSERT INTO ${this.name} (${names}) VALUES ${values.join(',')}`);
  }
}

function valueOf(row: Record<string, Cell>, { propertyName, isNullable, isVersion }: EntityMetadata['columns'][number]): Cell {
  const value = row[propertyName];
  if (value !== undefined) return value;
  if (isVersion) return 1;
  if (isNullable) return null;
  throw new Error(`The rows that are loaded lack the member ${propertyName}.`);
}

function literal(value: Cell): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return `'${value.toISOString().slice(0, 23).replace('T', ' ')}'`;
  return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
}
