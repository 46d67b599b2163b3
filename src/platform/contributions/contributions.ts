import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

/** A method of a provider or controller that carries a decorator's metadata. */
export interface DecoratedMethod<T> {
  readonly metadata: T;
  /** `Class.method`, for messages. */
  readonly name: string;
  call(...parameters: unknown[]): Promise<unknown>;
}

/** Finds what features contribute to the platform, so that needs which point upward are turned round. */
@Injectable()
export class Contributions implements OnApplicationBootstrap {
  /** By class, once all providers are there: looking through them takes milliseconds, and some are asked for with each request. */
  private found?: Map<unknown, object[]>;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    this.found = new Map();
  }

  /** Every provider method with metadata under `key`. Call it once the application is initialised or later. */
  methods<T>(key: string): DecoratedMethod<T>[] {
    return this.instances().flatMap((instance) =>
      this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((method) => {
        const handler = (instance as Record<string, (...parameters: unknown[]) => unknown>)[method];
        const metadata = handler && (Reflect.getMetadata(key, handler) as T | undefined);
        if (!handler || metadata === undefined) return [];
        return [
          { metadata, name: `${instance.constructor.name}.${method}`, call: async (...parameters) => handler.apply(instance, parameters) },
        ];
      }),
    );
  }

  /** Every provider that is an instance of `type`: a class that features extend, or a value class that they fill. */
  instancesOf<T>(type: abstract new (...parameters: never[]) => T): T[] {
    const known = this.found?.get(type) as (T & object)[] | undefined;
    if (known) return [...known];
    const instances = this.instances().filter((instance): instance is T & object => instance instanceof type);
    this.found?.set(type, instances);
    return [...instances];
  }

  private instances(): object[] {
    const wrappers = this.discovery.getProviders();
    const found = wrappers
      .filter((wrapper) => wrapper.isDependencyTreeStatic() && !wrapper.isAlias)
      .map((wrapper) => wrapper.instance as unknown)
      .filter((instance): instance is object => typeof instance === 'object' && instance !== null);
    return [...new Set(found)];
  }
}
