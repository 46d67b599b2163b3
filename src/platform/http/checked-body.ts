import { Body, type PipeTransform, type Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { InvalidInput, type MemberFault } from '../errors/index.js';
import { validationPipe } from './validation.js';

/** A body as far as it can be read. */
export interface Checked<T extends object> {
  /** Without what has a fault, also within members, and required or not: nothing may be done while there are faults. */
  readonly members: T;
  readonly faults: readonly MemberFault[];
}

class Checking<T extends object> implements PipeTransform<unknown, Promise<Checked<T>>> {
  private readonly pipe = validationPipe();

  constructor(private readonly metatype: Type<T>) {}

  async transform(body: unknown): Promise<Checked<T>> {
    try {
      return { members: (await this.pipe.transform(body, { type: 'body', metatype: this.metatype })) as T, faults: [] };
    } catch (error) {
      if (!(error instanceof InvalidInput) || !isObject(body)) throw error;
      return { members: plainToInstance(this.metatype, readable(body, error.faults)), faults: error.faults };
    }
  }
}

/**
 * The body of a handler that has rules of its own to hold it to: it gets a {@link Checked} in place of a refusal, and refuses what is
 * wrong with the form of the body and what is wrong with its meaning in one answer.
 */
export const CheckedBody =
  <T extends object>(type: Type<T>): ParameterDecorator =>
  (target, key, index) => {
    Body(new Checking(type))(target, key, index);
    const descriptor = key && Object.getOwnPropertyDescriptor(target, key);
    if (descriptor) ApiBody({ type })(target, key, descriptor);
  };

/** The body without what the faults point at: a member of it, or of an object within; for an item of a list, the whole list. */
function readable(body: object, faults: readonly MemberFault[]): object {
  const copy = structuredClone(body);
  for (const { pointer } of faults) {
    const names = pointer
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    for (let depth = names.length; depth > 0; depth--) {
      const owner = names
        .slice(0, depth - 1)
        .reduce<unknown>((within, name) => (within as Record<string, unknown> | undefined)?.[name], copy);
      if (!isObject(owner)) continue;
      delete (owner as Record<string, unknown>)[names[depth - 1] ?? ''];
      break;
    }
  }
  return copy;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
