import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerUsersModule } from '../customer-users/index.js';
import { CustomersModule } from '../customers/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { contributePermissions } from '../platform/authorization/index.js';
import { UsersModule } from '../users/index.js';
import { AttachedFiles } from './about-people/attached-files.js';
import { AttachmentFiles } from './about-people/attachment-files.service.js';
import { AttachmentLimits } from './about-people/attachment-limits.js';
import { Attachment } from './about-people/attachment.entity.js';
import { AttachmentsController } from './about-people/attachments.controller.js';
import { AttachmentPermission, Attachments } from './about-people/attachments.js';
import { Attendees } from './about-people/attendees.js';
import { CalendarEvent, CalendarEventAttendee } from './about-people/calendar-event.entity.js';
import { CalendarEventsController } from './about-people/calendar-events.controller.js';
import { CalendarEventPermission, CalendarEvents } from './about-people/calendar-events.js';
import { Note } from './about-people/note.entity.js';
import { NotesController } from './about-people/notes.controller.js';
import { NotePermission, Notes } from './about-people/notes.js';
import { PersonRecords } from './about-people/person-records.service.js';
import { RecordData } from './about-people/record-data.js';
import { RecordRemoval } from './about-people/record-removal.js';
import { RecordViews } from './about-people/record-views.js';
import { ChangesOnTimelines, LoginsOnTimelines } from './about-people/audit-sources.js';
import { RecordSources } from './about-people/record-sources.js';
import { TimelineController } from './about-people/timeline.controller.js';
import { Timelines } from './about-people/timelines.service.js';
import { AuditModule } from '../audit/index.js';
import { CommerceDocument } from './commerce-document.entity.js';
import { CustomerDocumentsController } from './customer-documents.controller.js';
import { CustomerUserDocumentsController } from './customer-user-documents.controller.js';
import { DOCUMENT_KINDS } from './document-kinds.js';
import { DocumentData } from './document-data.js';
import { CustomerDocuments, CustomerUserDocuments } from './document-uses.js';
import { DocumentUsesRepository } from './document-uses.repository.js';
import { DocumentViews } from './document-views.js';
import { OrdersController, QuoteRequestsController, QuotesController, ShoppingListsController } from './documents.controller.js';
import { DocumentsRepository } from './documents.repository.js';
import { CommerceDocuments } from './documents.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CommerceDocument, Note, CalendarEvent, CalendarEventAttendee, Attachment]),
    OrganizationsModule,
    UsersModule,
    CustomersModule,
    AuditModule,
    CustomerUsersModule,
  ],
  controllers: [
    OrdersController,
    QuotesController,
    QuoteRequestsController,
    ShoppingListsController,
    CustomerDocumentsController,
    CustomerUserDocumentsController,
    NotesController,
    CalendarEventsController,
    AttachmentsController,
    TimelineController,
  ],
  providers: [
    CommerceDocuments,
    CustomerDocuments,
    CustomerUserDocuments,
    DocumentData,
    DocumentsRepository,
    DocumentUsesRepository,
    DocumentViews,
    Notes,
    CalendarEvents,
    Attendees,
    Attachments,
    AttachmentFiles,
    AttachmentLimits,
    AttachedFiles,
    PersonRecords,
    Timelines,
    RecordSources,
    ChangesOnTimelines,
    LoginsOnTimelines,
    RecordData,
    RecordRemoval,
    RecordViews,
    ...contributePermissions(
      ...DOCUMENT_KINDS.map(({ permissions }) => permissions),
      NotePermission,
      CalendarEventPermission,
      AttachmentPermission,
    ),
  ],
})
export class RecordsModule {}
