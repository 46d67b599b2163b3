import { register } from 'node:module';

// Lets `node --import` run the sources as they are: child processes of tests must not depend on a build being fresh.
register('./typescript-hooks.mjs', import.meta.url);
