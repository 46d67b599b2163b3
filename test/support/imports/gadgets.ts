import { Injectable, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Entity, In, Index } from 'typeorm';
import { cell, CellRefused, ExportProfile, type ImportContext, ImportProfile, type ImportRow } from '../../../src/import-export/index.js';
import { contributePermissions, definePermissions } from '../../../src/platform/authorization/index.js';
import { CurrentContext } from '../../../src/platform/context/index.js';
import { Flag, Id, Json, Reference, Text, UnitOfWork } from '../../../src/platform/database/index.js';
import { defineListing } from '../../../src/platform/listing/index.js';

/** Something to import that no module of the product knows. */
@Entity('gadgets')
@Index('uq_gadgets_code', ['code'], { unique: true })
export class Gadget {
  @Id() id: number;

  @Reference() ownerId: number;

  @Text(50) code: string;

  @Text(255) name: string;

  @Flag() active: boolean;

  @Json() tags: string[];
}

/** A file with so many rows, each made from its number. */
export const gadgetFile = (count: number, row: (number: number) => string): string =>
  `Code,Full Name,Active,Tags 1 Tag\n${Array.from({ length: count }, (_, i) => row(i + 1)).join('\n')}\n`;

export const GadgetPermission = definePermissions('gadget', {
  group: 'Customers',
  label: 'Gadget',
  description: 'Things for tests.',
  actions: ['view', 'create', 'edit'],
  levels: { backend: ['none', 'own', 'organization', 'global'] },
});

const gadgetListing = defineListing({
  id: 'gadget.id',
  fields: {
    id: { column: 'gadget.id', type: 'id', sort: true },
    code: { column: 'gadget.code', type: 'text', sort: true },
    active: { column: 'gadget.active', type: 'boolean' },
  },
});

interface GadgetDraft {
  code: string;
  name: string;
  active: boolean;
  tags: string[];
}

interface GadgetPlan {
  added: Omit<Gadget, 'id'>[];
  replaced: Gadget[];
}

/** What a test makes happen in the middle of an import. */
@Injectable()
export class Mishaps {
  /** Called in every batch's unit of work, with the number of the batch's first row. */
  inBatch: (row: number) => unknown = () => undefined;
}

const code = (text: string): string => {
  if (!/^[A-Z0-9-]+$/.test(text)) throw new CellRefused('malformed', 'not a code');
  return text;
};

@Injectable()
export class GadgetImport extends ImportProfile<GadgetDraft, GadgetPlan> {
  readonly entity = 'gadgets';
  readonly label = 'gadgets';
  readonly view = GadgetPermission.view;
  readonly keys = ['code'] as const;
  readonly columns = [
    { header: 'Code', member: 'code', read: code, example: 'G-1' },
    { header: 'Full Name', member: 'name', read: cell.line(255), example: 'Gadget' },
    { header: 'Active', member: 'active', read: cell.flag(), example: '1' },
    { header: 'Tags # Tag', member: 'tags', read: cell.line(20), example: 'one two' },
  ] as const;

  constructor(
    private readonly work: UnitOfWork,
    private readonly mishaps: Mishaps,
  ) {
    super();
  }

  async decide(rows: readonly ImportRow<GadgetDraft>[], context: ImportContext): Promise<GadgetPlan> {
    await this.mishaps.inBatch(rows[0]?.number ?? 0);
    const codes = rows.flatMap(({ draft }) => draft.code ?? []);
    const known = await this.work.repository(Gadget).findBy({ code: In(codes) });
    const byCode = new Map<string, Gadget | Omit<Gadget, 'id'>>(known.map((gadget) => [gadget.code, gadget]));
    const plan: GadgetPlan = { added: [], replaced: [] };
    for (const row of rows) this.decideOne(row, byCode, plan, context);
    return plan;
  }

  async write({ added, replaced }: GadgetPlan): Promise<void> {
    const gadgets = this.work.repository(Gadget);
    if (added.length > 0) await gadgets.createQueryBuilder().insert().values(added).updateEntity(false).execute();
    for (const gadget of replaced) await gadgets.save(gadget);
  }

  private decideOne(
    row: ImportRow<GadgetDraft>,
    byCode: Map<string, Gadget | Omit<Gadget, 'id'>>,
    plan: GadgetPlan,
    context: ImportContext,
  ) {
    const { draft } = row;
    if (!row.has('code')) row.refuse('code', 'required', 'is required');
    if (draft.tags?.includes('unknown')) row.refuse('tags', 'tag_unknown', 'there is no such tag', 'unknown');
    const { code: key } = draft;
    const found = key === undefined ? undefined : byCode.get(key);
    const claimed = key === undefined ? undefined : context.claims.of('code', key);
    if (found && context.strategy === 'add') row.refuse('code', 'exists', 'is there already');
    if (!found && !row.has('name')) row.refuse('name', 'required', 'is required');
    if (row.failed || key === undefined) return;
    if (!found) {
      const gadget = { ownerId: context.principal.id, code: key, name: '', active: true, tags: [], ...draft };
      byCode.set(key, gadget);
      plan.added.push(gadget);
      row.settle(claimed ? 'replaced' : 'added');
      context.claims.make('code', key, 'added', row.number);
      return;
    }
    const same = Object.entries(draft).every(
      ([member, value]) => JSON.stringify(found[member as keyof typeof found]) === JSON.stringify(value),
    );
    if (!same) {
      Object.assign(found, draft);
      if (found instanceof Gadget && !plan.replaced.includes(found)) plan.replaced.push(found);
    }
    row.settle(same ? 'unchanged' : 'replaced');
  }
}

@Injectable()
export class GadgetExport extends ExportProfile<Gadget, Gadget> {
  readonly entity = 'gadgets';
  readonly label = 'gadgets';
  readonly view = GadgetPermission.view;
  readonly listing = gadgetListing;
  readonly columns = [
    { header: 'Code', member: 'code', value: (gadget: Gadget) => gadget.code },
    { header: 'Full Name', member: 'name', value: (gadget: Gadget) => gadget.name },
    { header: 'Active', member: 'active', value: (gadget: Gadget) => gadget.active },
    { header: 'Tags # Tag', member: 'tags', value: (gadget: Gadget) => gadget.tags },
    { header: 'Owner Id', member: 'ownerId', value: (gadget: Gadget) => gadget.ownerId, onRequest: true },
  ];

  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly mishaps: Mishaps,
  ) {
    super();
  }

  query() {
    const query = this.work.repository(Gadget).createQueryBuilder('gadget');
    const { rights, id } = this.context.principal();
    return rights.level('gadget:view') === 'own' ? query.where('gadget.ownerId = :id', { id }) : query;
  }

  async rowsOf(records: readonly Gadget[]): Promise<Gadget[]> {
    await this.mishaps.inBatch(records[0]?.id ?? 0);
    return [...records];
  }

  override async widths(query: ReturnType<GadgetExport['query']>): Promise<Record<string, number>> {
    return { tags: Math.max(1, ...(await query.getMany()).map(({ tags }) => tags.length)) };
  }
}

@Module({
  imports: [TypeOrmModule.forFeature([Gadget])],
  providers: [GadgetImport, GadgetExport, Mishaps, ...contributePermissions(GadgetPermission)],
})
export class GadgetsModule {}
