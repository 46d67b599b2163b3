import { csvLine } from '../../../src/import-export/csv/index.js';
import { eventually } from '../jobs/eventually.js';
import type { Caller, Product } from '../product.js';
import { multipart } from './multipart.js';

export interface ImportRun {
  id: number;
  status: string;
  counts: Record<'read' | 'added' | 'replaced' | 'unchanged' | 'deleted' | 'failed', number>;
  warnings: { column: string; code: string }[];
  error: { code: string; detail: string } | null;
}

export interface ExportRun {
  id: number;
  status: string;
  rows: number;
  file: string | null;
}

export type Cells = Readonly<Record<string, string | number | null | undefined>>;

/** A file with these columns; what a row leaves out is empty. */
export const aFileOf = (header: readonly string[], ...rows: readonly Cells[]): string =>
  csvLine(header) + rows.map((row) => csvLine(header.map((name) => String(row[name] ?? '')))).join('');

/** Somebody's imports and exports of one entity, each followed to its end. */
export class ImportDesk {
  constructor(
    private readonly product: Product,
    private readonly entity: string,
    private readonly caller: Caller = product.admin,
  ) {}

  as(caller: Caller): ImportDesk {
    return new ImportDesk(this.product, this.entity, caller);
  }

  async import(file: string | Buffer, fields: Record<string, string> = {}): Promise<ImportRun> {
    return this.ended<ImportRun>(`/admin/api/imports/${(await this.start(file, fields)).id}`);
  }

  /** Does not wait for its end. */
  async start(file: string | Buffer, fields: Record<string, string> = {}): Promise<ImportRun> {
    const { body: payload, type } = multipart({ file, fileName: 'file.csv', fields: { entity: this.entity, ...fields } });
    const { statusCode, body } = await this.product.app.inject({
      method: 'POST',
      url: '/admin/api/imports',
      payload,
      headers: { 'content-type': type, authorization: `Bearer ${this.caller.token}` },
    });
    if (statusCode !== 201) throw new Error(body);
    return JSON.parse(body) as ImportRun;
  }

  /** The sentences of what is wrong with the rows of an import. */
  async errorsOf({ id }: ImportRun): Promise<string[]> {
    const { body } = await this.caller.get<{ items: { detail: string }[] }>(`/admin/api/imports/${id}/errors?limit=200`);
    return body.items.map(({ detail }) => detail);
  }

  async export(draft: object = {}): Promise<string> {
    const { body, status } = await this.caller.post<ExportRun>('/admin/api/exports', { entity: this.entity, ...draft });
    if (status !== 201) throw new Error(JSON.stringify(body));
    const run = await this.ended<ExportRun>(`/admin/api/exports/${body.id}`);
    if (run.file === null) throw new Error(JSON.stringify(run));
    return (await this.caller.get<string>(run.file)).body;
  }

  private async ended<R extends { status: string }>(path: string): Promise<R> {
    let run: R | undefined;
    const over = async () => {
      run = (await this.caller.get<R>(path)).body;
      return !['queued', 'validating', 'running'].includes(run.status);
    };
    await eventually(over, `${path} ends`);
    return run as R;
  }
}
