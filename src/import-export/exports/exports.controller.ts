import { Body, Get, Post, StreamableFile } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, ApiFile, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { ExportDraft, ExportView } from './exports.dto.js';
import { exportListing } from './exports.listing.js';
import { Exports } from './exports.service.js';
import { ExportCapability } from '../import-export.permissions.js';

@AdminController('exports', 'Exports')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Get()
  @RequirePermission(ExportCapability)
  @ApiListing(exportListing, ExportView)
  list(@ListQuery(exportListing) request: ListRequest): Promise<Page<ExportView>> {
    return this.exports.list(request);
  }

  /** Has the records that a list's filters let through written to a file. Follow the export by its id. */
  @Post()
  @RequirePermission(ExportCapability)
  start(@Body() draft: ExportDraft): Promise<ExportView> {
    return this.exports.start(draft);
  }

  @Get(':id')
  @RequirePermission(ExportCapability)
  get(@IdParam() id: number): Promise<ExportView> {
    return this.exports.get(id);
  }

  @Get(':id/file')
  @RequirePermission(ExportCapability)
  @ApiFile('text/csv', 'application/jsonl')
  file(@IdParam() id: number): Promise<StreamableFile> {
    return this.exports.file(id);
  }
}
