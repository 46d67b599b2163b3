export { mapWithPauses } from './map-with-pauses.js';
