import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import { Uploads } from '../../platform/http/index.js';
import { ImportLimits } from './import-limits.js';
import { ImportDraft, type ImportView } from './imports.dto.js';
import { Imports } from './imports.service.js';

/** Takes in the files that are to be imported. */
@Injectable()
export class ImportUploads {
  constructor(
    private readonly uploads: Uploads,
    private readonly limits: ImportLimits,
    private readonly imports: Imports,
    private readonly expected: ExpectedFiles,
  ) {}

  receive(request: FastifyRequest): Promise<ImportView> {
    const form = { draft: ImportDraft, json: ['mapping'], nameless: 'import.csv', maxBytes: this.limits.uploadBytes };
    return this.uploads.receive(request, { ...form, announce: this.expected.expect }, (upload) => this.imports.start(upload));
  }
}
