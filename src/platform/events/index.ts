export { Events, type EventType, ListensTo } from './events.js';
export { EventsModule } from './events.module.js';
