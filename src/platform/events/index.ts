export { Events, ListensTo, ListensToAll } from './events.js';
export { EventsModule } from './events.module.js';
