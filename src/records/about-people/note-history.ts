import type { HistoryRules } from '../../platform/history/index.js';
import type { Note } from './note.entity.js';

export const NOTE_HISTORY = {
  entity: 'note',
  members: ['customerUserId', 'ownerId', 'text', 'attachmentId'],
} as const satisfies HistoryRules<Note>;
