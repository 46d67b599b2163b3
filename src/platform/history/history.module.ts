import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HistoryEntry } from './history-entry.entity.js';
import { HistoryOfPeople } from './history-of-people.js';
import { History } from './history.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([HistoryEntry])],
  providers: [History, HistoryOfPeople],
  exports: [History, HistoryOfPeople, TypeOrmModule],
})
export class HistoryModule {}
