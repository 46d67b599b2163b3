import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseSettings } from '../config/index.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [DatabaseSettings],
      useFactory: (settings: DatabaseSettings) => ({ ...dataSourceOptions(settings), autoLoadEntities: true, retryAttempts: 0 }),
      dataSourceFactory: (options) => {
        if (!options) throw new Error('The database has no options.');
        return openDataSource(options);
      },
    }),
  ],
  providers: [UnitOfWork],
  exports: [UnitOfWork],
})
export class DatabaseModule {}
