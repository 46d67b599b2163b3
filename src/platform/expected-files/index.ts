/** Files that no row may come to have, because a process dies in between. */
export { ExpectedFiles } from './expected-files.js';
export { ExpectedFilesModule } from './expected-files.module.js';
export { FileHolder } from './file-holder.js';
