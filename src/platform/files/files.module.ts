import { Global, Module } from '@nestjs/common';
import { FileStore } from './file-store.js';
import { FolderFileStore } from './folder-file-store.js';

@Global()
@Module({ providers: [{ provide: FileStore, useClass: FolderFileStore }], exports: [FileStore] })
export class FilesModule {}
