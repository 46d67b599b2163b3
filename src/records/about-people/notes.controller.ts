import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { NoteChange, NoteDraft, NoteView } from './notes.dto.js';
import { noteListing, NotePermission, Notes } from './notes.js';
import { PersonRecords } from './person-records.service.js';

@AdminController('customer-users/:id/notes', 'Records about customer users')
export class NotesController {
  constructor(
    private readonly notes: Notes,
    private readonly records: PersonRecords,
  ) {}

  @Get()
  @RequirePermission(NotePermission.view)
  @ApiListing(noteListing, NoteView)
  list(@IdParam() id: number, @ListQuery(noteListing) request: ListRequest): Promise<Page<NoteView>> {
    return this.records.list(this.notes, id, request);
  }

  @Post()
  @RequirePermission(NotePermission.create)
  add(@IdParam() id: number, @Body() draft: NoteDraft): Promise<NoteView> {
    return this.records.add(this.notes, id, draft);
  }

  @Get(':noteId')
  @RequirePermission(NotePermission.view)
  get(@IdParam() id: number, @IdParam('noteId') noteId: number): Promise<NoteView> {
    return this.records.get(this.notes, id, noteId);
  }

  @Patch(':noteId')
  @RequirePermission(NotePermission.edit)
  change(@IdParam() id: number, @IdParam('noteId') noteId: number, @Body() change: NoteChange): Promise<NoteView> {
    return this.records.change(this.notes, id, noteId, change);
  }

  @Delete(':noteId')
  @HttpCode(204)
  @RequirePermission(NotePermission.delete)
  remove(@IdParam() id: number, @IdParam('noteId') noteId: number): Promise<void> {
    return this.records.remove(this.notes, id, noteId);
  }
}
