export { Contributions, type DecoratedMethod } from './contributions.js';
export { ContributionsModule } from './contributions.module.js';
