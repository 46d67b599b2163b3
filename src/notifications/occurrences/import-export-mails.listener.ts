import { Injectable } from '@nestjs/common';
import { ExportFinished, ImportFinished } from '../../import-export/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { Notifier } from '../notifier.js';
import { RunOccurrences } from './run-occurrences.js';

/** Tells rules what became of imports and exports. Who cancels one knows. */
@Injectable()
export class ImportExportMails {
  constructor(
    private readonly notifier: Notifier,
    private readonly occurrences: RunOccurrences,
  ) {}

  @ListensTo(ImportFinished)
  async importFinished(ended: ImportFinished): Promise<void> {
    if (ended.status !== 'cancelled') await this.notifier.notify(this.occurrences.ofImport(ended));
  }

  @ListensTo(ExportFinished)
  async exportFinished(ended: ExportFinished): Promise<void> {
    if (ended.status !== 'cancelled') await this.notifier.notify(this.occurrences.ofExport(ended));
  }
}
