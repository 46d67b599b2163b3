/** Remembers what requests read again and again, and forgets it with the change, on every process. */
export { Memory } from './memory.js';
export { Revises, type Revising } from './revises.decorator.js';
export { Revisions } from './revisions.js';
export { RevisionsModule } from './revisions.module.js';
export { type Subject, subject } from './subject.js';
