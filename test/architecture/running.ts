import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessRuleOf } from '../../src/platform/authorization/index.js';

/** The route handlers of a running application as `POST Class.method`, in two heaps. */
export function routesByRule(app: INestApplicationContext): { ruled: string[]; bare: string[] } {
  const scanner = new MetadataScanner();
  const routes = app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const prototype = metatype?.prototype as Record<string, () => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        const verb = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
        if (!handler || verb === undefined) return [];
        return [{ name: `${RequestMethod[verb]} ${metatype?.name}.${method}`, ruled: accessRuleOf(handler) !== undefined }];
      });
    });
  const names = (wanted: boolean) => routes.filter(({ ruled }) => ruled === wanted).map(({ name }) => name);
  return { ruled: names(true), bare: names(false) };
}
