import { Get, HttpCode, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, ApiFile, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { ErrorFiles } from './error-files.js';
import { ImportCapability } from '../import-export.permissions.js';
import { ImportFollower } from './import-follower.js';
import { ImportDifferenceView, ImportDraft, ImportErrorView, ImportView } from './imports.dto.js';
import { importDifferenceListing, importErrorListing, importListing } from './imports.listing.js';
import { Imports } from './imports.service.js';
import { ImportUploads } from './import-uploads.service.js';

@AdminController('imports', 'Imports')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly uploads: ImportUploads,
    private readonly errorFiles: ErrorFiles,
    private readonly follower: ImportFollower,
  ) {}

  @Get()
  @RequirePermission(ImportCapability)
  @ApiListing(importListing, ImportView)
  list(@ListQuery(importListing) request: ListRequest): Promise<Page<ImportView>> {
    return this.imports.list(request);
  }

  /** Uploads a CSV file and has it imported. Follow the import by its id. */
  @Post()
  @RequirePermission(ImportCapability)
  @ApiExtraModels(ImportDraft)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(ImportDraft) },
        { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
      ],
    },
  })
  start(@Req() request: FastifyRequest): Promise<ImportView> {
    return this.uploads.receive(request);
  }

  @Get(':id')
  @RequirePermission(ImportCapability)
  get(@IdParam() id: number): Promise<ImportView> {
    return this.imports.get(id);
  }

  /** Every reason for which a row was not imported. */
  @Get(':id/errors')
  @RequirePermission(ImportCapability)
  @ApiListing(importErrorListing, ImportErrorView)
  errors(@IdParam() id: number, @ListQuery(importErrorListing) request: ListRequest): Promise<Page<ImportErrorView>> {
    return this.imports.errors(id, request);
  }

  /** What each row of a validation would change, where that was asked for with `differences`. */
  @Get(':id/differences')
  @RequirePermission(ImportCapability)
  @ApiListing(importDifferenceListing, ImportDifferenceView)
  differences(@IdParam() id: number, @ListQuery(importDifferenceListing) request: ListRequest): Promise<Page<ImportDifferenceView>> {
    return this.imports.differences(id, request);
  }

  /** The rows that failed, as they were, with their errors in a last column: ready to mend and to upload again. */
  @Get(':id/error-file')
  @RequirePermission(ImportCapability)
  @ApiFile('text/csv')
  errorFile(@IdParam() id: number): Promise<StreamableFile> {
    return this.errorFiles.of(id);
  }

  /** Server-sent events: `progress` with the import whenever it has changed, and `finished` with how it ended. */
  @Get(':id/events')
  @RequirePermission(ImportCapability)
  @ApiFile('text/event-stream')
  events(@IdParam() id: number): Promise<StreamableFile> {
    return this.follower.follow(id);
  }

  /** Stops the import at the end of the batch that is under way. */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePermission(ImportCapability)
  cancel(@IdParam() id: number): Promise<ImportView> {
    return this.imports.cancel(id);
  }
}
