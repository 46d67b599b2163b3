/** What surrounds customers and their users: orders, quotes, quote requests and shopping lists. */
export { RecordsModule } from './records.module.js';
