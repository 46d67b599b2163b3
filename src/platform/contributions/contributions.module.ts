import { Global, Module } from '@nestjs/common';
import { DiscoveryModule as NestDiscovery } from '@nestjs/core';
import { Contributions } from './contributions.js';

@Global()
@Module({ imports: [NestDiscovery], providers: [Contributions], exports: [Contributions] })
export class ContributionsModule {}
