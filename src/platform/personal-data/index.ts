/** What features keep of people, for those who ask for it or have it erased. */
export { Mentions } from './mentions.js';
export { type DataSubject, ERASED, PersonalData } from './personal-data.js';
