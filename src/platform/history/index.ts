export { type Changes, HistoryEntry } from './history-entry.entity.js';
export { History, type HistoryRules, HistoryWritten } from './history.js';
export { HistoryModule } from './history.module.js';
export { HistoryOfPeople } from './history-of-people.js';
