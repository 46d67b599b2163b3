import { Global, Module } from '@nestjs/common';
import { FilesModule } from '../files/index.js';
import { ExpectedFiles } from './expected-files.js';

@Global()
@Module({ imports: [FilesModule], providers: [ExpectedFiles], exports: [ExpectedFiles] })
export class ExpectedFilesModule {}
