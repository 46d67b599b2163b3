import { Body, type PipeTransform, type Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { InvalidInput, memberOf, type MemberFault } from '../errors/index.js';
import { validationPipe } from './validation.js';

/** A body as far as it can be read. */
export interface Checked<T extends object> {
  /** Without the members that have a fault, required ones among them: nothing may be done while there are faults. */
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
      const faulty = new Set(error.faults.map(memberOf));
      const readable = Object.fromEntries(Object.entries(body).filter(([name]) => !faulty.has(name)));
      return { members: plainToInstance(this.metatype, readable), faults: error.faults };
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

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
