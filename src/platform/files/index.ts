/** Where uploads and exports are kept, outside of any one process. */
export { FileMissing, FileTooLarge } from './errors.js';
export { FileStore, type PutOptions, type StoredFile } from './file-store.js';
export { FilesModule } from './files.module.js';
