import { Get, Param, StreamableFile } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { NotFound } from '../../platform/errors/index.js';
import { AdminController, ApiFile } from '../../platform/http/index.js';
import { csvLine } from '../csv/index.js';
import { headerOf, isRepeatable } from './import-column.js';
import { ImportCapability } from '../import-export.permissions.js';
import { Profiles } from '../profiles.js';

@AdminController('import-templates', 'Imports')
export class ImportTemplatesController {
  constructor(
    private readonly profiles: Profiles,
    private readonly context: CurrentContext,
  ) {}

  /** A file with every column that an import knows, and one example row. */
  @Get(':entity')
  @RequirePermission(ImportCapability)
  @ApiFile('text/csv')
  async get(@Param('entity') entity: string): Promise<StreamableFile> {
    const profile = this.profiles.findImport(entity);
    if (!profile) throw new NotFound('import template');
    const known = await profile.columnsFor(this.context.principal().organizationId);
    const columns = known.flatMap((column) => {
      const examples = isRepeatable(column) ? column.example.split(' ') : [column.example];
      return examples.map((example, i) => ({ header: headerOf(column, i + 1), example }));
    });
    const text = csvLine(columns.map(({ header }) => header)) + csvLine(columns.map(({ example }) => example));
    return new StreamableFile(Buffer.from(text), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${profile.entity}.csv"`,
    });
  }
}
