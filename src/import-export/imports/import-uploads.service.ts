import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings, settings } from '../../organizations/index.js';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import { Uploads } from '../../platform/http/index.js';
import { ImportDraft, type ImportView } from './imports.dto.js';
import { Imports } from './imports.service.js';

const MEGABYTE = 1_048_576;

/** Takes in the files that are to be imported. */
@Injectable()
export class ImportUploads {
  constructor(
    private readonly uploads: Uploads,
    private readonly settings: Settings,
    private readonly imports: Imports,
    private readonly expected: ExpectedFiles,
  ) {}

  async receive(request: FastifyRequest): Promise<ImportView> {
    const maxBytes = (await this.settings.get(settings.importMegabytes)) * MEGABYTE;
    const form = { draft: ImportDraft, json: ['mapping'], nameless: 'import.csv', maxBytes };
    return this.uploads.receive(request, { ...form, announce: this.expected.expect }, (upload) => this.imports.start(upload));
  }
}
