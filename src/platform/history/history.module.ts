import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HistoryEntry } from './history-entry.entity.js';
import { History } from './history.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([HistoryEntry])], providers: [History], exports: [History, TypeOrmModule] })
export class HistoryModule {}
