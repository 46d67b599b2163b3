import { Global, Module } from '@nestjs/common';
import { Passwords } from './passwords.js';
import { Vault } from './vault.js';

@Global()
@Module({ providers: [Passwords, Vault], exports: [Passwords, Vault] })
export class SecretsModule {}
