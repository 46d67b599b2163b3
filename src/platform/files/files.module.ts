import { type FactoryProvider, Global, Module } from '@nestjs/common';
import { Clock, Random } from '../clock/index.js';
import { FileSettings } from '../config/index.js';
import { FileStore } from './file-store.js';
import { FolderFileStore } from './folder-file-store.js';

const store: FactoryProvider<FileStore> = {
  provide: FileStore,
  inject: [FileSettings, Random, Clock],
  useFactory: async (settings: FileSettings, random: Random, clock: Clock) => {
    if (!settings.s3) return new FolderFileStore(settings, random, clock);
    // Loaded where it is used: the client is larger than all that a start needs besides.
    const { S3FileStore } = await import('./s3-file-store.js');
    return new S3FileStore(settings.s3, random);
  },
};

@Global()
@Module({ providers: [store], exports: [FileStore] })
export class FilesModule {}
