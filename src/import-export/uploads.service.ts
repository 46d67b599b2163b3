import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentContext } from '../platform/context/index.js';
import { FileStore } from '../platform/files/index.js';
import { Idempotency } from '../platform/http/index.js';
import { ImportLimits } from './import-limits.js';
import type { ImportView } from './imports.dto.js';
import { Imports } from './imports.service.js';
import { receiveUpload, type Upload } from './upload.js';

/** Takes uploads in: an `Idempotency-Key` counts for the file and the fields together. */
@Injectable()
export class Uploads {
  constructor(
    private readonly files: FileStore,
    private readonly limits: ImportLimits,
    private readonly imports: Imports,
    private readonly idempotency: Idempotency,
    private readonly context: CurrentContext,
  ) {}

  async receive(request: FastifyRequest): Promise<ImportView> {
    const upload = await receiveUpload(request, this.files, this.limits.uploadBytes);
    let used = false;
    const start = async (): Promise<ImportView> => {
      const view = await this.imports.start(upload);
      used = true;
      return view;
    };
    try {
      return await this.once(request, upload, start);
    } finally {
      if (!used) await this.files.remove(upload.file.key);
    }
  }

  private async once(request: FastifyRequest, { draft, file }: Upload, start: () => Promise<ImportView>): Promise<ImportView> {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string') return start();
    const { type, id, application } = this.context.principal();
    const caller = [type, id, ...(application ? ['application', application.id] : [])].join(':');
    const content = `POST ${request.url} ${file.sha256} ${JSON.stringify(draft)}`;
    const act = async () => ({ status: 201, headers: {}, body: await start() });
    const { body } = await this.idempotency.once({ caller, key, content }, act);
    return body as ImportView;
  }
}
