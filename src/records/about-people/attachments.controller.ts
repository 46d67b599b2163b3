import { Body, Delete, Get, Header, HttpCode, Patch, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, ApiFile, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { AttachmentFiles } from './attachment-files.service.js';
import { AttachmentChange, AttachmentDraft, AttachmentView } from './attachments.dto.js';
import { attachmentListing, AttachmentPermission, Attachments } from './attachments.js';
import { PersonRecords } from './person-records.service.js';

@AdminController('customer-users/:id/attachments', 'Records about customer users')
export class AttachmentsController {
  constructor(
    private readonly attachments: Attachments,
    private readonly records: PersonRecords,
    private readonly files: AttachmentFiles,
  ) {}

  @Get()
  @RequirePermission(AttachmentPermission.view)
  @ApiListing(attachmentListing, AttachmentView)
  list(@IdParam() id: number, @ListQuery(attachmentListing) request: ListRequest): Promise<Page<AttachmentView>> {
    return this.records.list(this.attachments, id, request);
  }

  /** Uploads a file of up to 25 MiB. */
  @Post()
  @RequirePermission(AttachmentPermission.create)
  @ApiExtraModels(AttachmentDraft)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(AttachmentDraft) },
        { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
      ],
    },
  })
  add(@IdParam() id: number, @Req() request: FastifyRequest): Promise<AttachmentView> {
    return this.files.receive(request, id);
  }

  @Get(':attachmentId')
  @RequirePermission(AttachmentPermission.view)
  get(@IdParam() id: number, @IdParam('attachmentId') attachmentId: number): Promise<AttachmentView> {
    return this.records.get(this.attachments, id, attachmentId);
  }

  /** The file itself, for downloading alone: its type is told where that is harmless. */
  @Get(':attachmentId/file')
  @RequirePermission(AttachmentPermission.view)
  @ApiFile('application/octet-stream')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Content-Security-Policy', "default-src 'none'; sandbox")
  file(@IdParam() id: number, @IdParam('attachmentId') attachmentId: number): Promise<StreamableFile> {
    return this.files.give(id, attachmentId);
  }

  @Patch(':attachmentId')
  @RequirePermission(AttachmentPermission.edit)
  change(@IdParam() id: number, @IdParam('attachmentId') attachmentId: number, @Body() change: AttachmentChange): Promise<AttachmentView> {
    return this.records.change(this.attachments, id, attachmentId, change);
  }

  /** The file goes with it. */
  @Delete(':attachmentId')
  @HttpCode(204)
  @RequirePermission(AttachmentPermission.delete)
  remove(@IdParam() id: number, @IdParam('attachmentId') attachmentId: number): Promise<void> {
    return this.records.remove(this.attachments, id, attachmentId);
  }
}
