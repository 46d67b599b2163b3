import { Global, Module } from '@nestjs/common';
import { CurrentContext } from './context.js';

@Global()
@Module({ providers: [CurrentContext], exports: [CurrentContext] })
export class ContextModule {}
