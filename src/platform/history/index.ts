export { type Changes, HistoryEntry } from './history-entry.entity.js';
export { History, type HistoryRules } from './history.js';
export { HistoryModule } from './history.module.js';
export { HistoryOfPeople, type IsPersonal } from './history-of-people.js';
