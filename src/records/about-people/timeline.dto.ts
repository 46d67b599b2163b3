import { ApiProperty } from '@nestjs/swagger';
import { TIMELINE_KINDS, type TimelineKind } from './timeline-source.js';

const RECORDS = ['NoteView', 'CalendarEventView', 'AttachmentView', 'EmailView', 'AuditEventView', 'LoginAttemptView'];

export class TimelineEntryView {
  @ApiProperty({ enum: TIMELINE_KINDS })
  kind: TimelineKind;
  /** When it was written, sent or done; of a calendar event, when it starts. */
  at: Date;
  /** What the API of its kind shows. */
  @ApiProperty({ oneOf: RECORDS.map((name) => ({ $ref: `#/components/schemas/${name}` })) })
  record: object;
}
