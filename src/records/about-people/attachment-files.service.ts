import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../../platform/errors/index.js';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import { FileStore } from '../../platform/files/index.js';
import { type Upload, Uploads } from '../../platform/http/index.js';
import { CustomerUsers } from '../../customer-users/index.js';
import { AttachmentDraft, type AttachmentView } from './attachments.dto.js';
import { Attachments } from './attachments.js';
import { AttachmentLimits } from './attachment-limits.js';
import { PersonRecords } from './person-records.service.js';

/** What browsers show without running it. Everything else is given out as bytes without a meaning. */
const HARMLESS = /^(text\/(plain|csv)|image\/(png|jpeg|gif|webp)|application\/(pdf|zip|msword|vnd\.(ms-|openxmlformats-|oasis\.)[\w.-]+))$/;

const empty = { pointer: '/file', code: 'attachments.file_empty', detail: 'The file has no content.' };

/** Takes the files of attachments in, and gives them out. */
@Injectable()
export class AttachmentFiles {
  constructor(
    private readonly records: PersonRecords,
    private readonly attachments: Attachments,
    private readonly customerUsers: CustomerUsers,
    private readonly uploads: Uploads,
    private readonly files: FileStore,
    private readonly expected: ExpectedFiles,
    private readonly limits: AttachmentLimits,
  ) {}

  async receive(request: FastifyRequest, personId: number): Promise<AttachmentView> {
    // Before the file: nobody is to send megabytes to somebody who is not there.
    await this.customerUsers.getReachable(personId);
    const form = { draft: AttachmentDraft, nameless: 'attachment', maxBytes: this.limits.fileBytes };
    return this.uploads.receive(request, { ...form, announce: this.expected.expect }, (upload) => this.attach(personId, upload));
  }

  /** Always as a download, which no browser takes for a page of this server. */
  async give(personId: number, id: number): Promise<StreamableFile> {
    const { fileKey, fileName, mediaType, sizeBytes } = await this.records.getRow(this.attachments, personId, id);
    const content: Readable = await this.files.read(fileKey);
    return new StreamableFile(content, {
      type: HARMLESS.test(mediaType) ? mediaType : 'application/octet-stream',
      disposition: dispositionOf(fileName),
      length: sizeBytes,
    });
  }

  private async attach(personId: number, { draft, ...upload }: Upload<AttachmentDraft>): Promise<AttachmentView> {
    if (upload.file.sizeBytes === 0) throw new InvalidInput([empty]);
    return this.records.add(this.attachments, personId, { ...draft, upload });
  }
}

/** RFC 6266: the name itself, and one in ASCII for who does not know the other form. */
function dispositionOf(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
