export { Clock, DAY, HOUR, MINUTE, SECOND } from './clock.js';
export { Random } from './random.js';
export { ClockModule } from './clock.module.js';
