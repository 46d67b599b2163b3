/** What surrounds customers and their users: orders, quotes, quote requests and shopping lists, and what the merchant records about people. */
export { TimelineSource } from './about-people/timeline-source.js';
export { RecordsModule } from './records.module.js';
