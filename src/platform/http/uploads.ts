import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentContext } from '../context/index.js';
import { FileStore } from '../files/index.js';
import { Idempotency } from './idempotency.js';
import { receiveUpload, type Upload, type UploadForm } from './upload.js';

/** Takes uploads in: an `Idempotency-Key` counts for the file and the fields together. */
@Injectable()
export class Uploads {
  constructor(
    private readonly files: FileStore,
    private readonly idempotency: Idempotency,
    private readonly context: CurrentContext,
  ) {}

  /** Reads the form and acts on it; of an act that fails, or was done before under the same key, no file stays. */
  async receive<T extends object, R>(request: FastifyRequest, form: UploadForm<T>, act: (upload: Upload<T>) => Promise<R>): Promise<R> {
    const upload = await receiveUpload(request, this.files, form);
    let used = false;
    const once = async (): Promise<R> => {
      const result = await act(upload);
      used = true;
      return result;
    };
    try {
      return await this.once(request, upload, once);
    } finally {
      if (!used) await this.files.remove(upload.file.key);
    }
  }

  private async once<T extends object, R>(request: FastifyRequest, { draft, file }: Upload<T>, act: () => Promise<R>): Promise<R> {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string') return act();
    const { type, id, application } = this.context.principal();
    const caller = [type, id, ...(application ? ['application', application.id] : [])].join(':');
    const content = `${file.sha256} ${JSON.stringify(draft)}`;
    const { body } = await this.idempotency.once({ caller, key, url: request.url, content }, async () => ({
      status: 201,
      headers: {},
      body: await act(),
    }));
    return body as R;
  }
}
