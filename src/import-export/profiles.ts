import { Injectable } from '@nestjs/common';
import { Contributions } from '../platform/contributions/index.js';
import { ExportProfile } from './exports/export-profile.js';
import { ImportProfile } from './imports/import-profile.js';

/** What the features can import and export. */
@Injectable()
export class Profiles {
  constructor(private readonly contributions: Contributions) {}

  imports(): ImportProfile[] {
    return this.contributions.instancesOf(ImportProfile);
  }

  exports(): ExportProfile[] {
    return this.contributions.instancesOf(ExportProfile);
  }

  findImport(entity: string): ImportProfile | undefined {
    return this.imports().find((profile) => profile.entity === entity);
  }

  findExport(entity: string): ExportProfile | undefined {
    return this.exports().find((profile) => profile.entity === entity);
  }
}
