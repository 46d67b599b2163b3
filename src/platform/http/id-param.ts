import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { NotFound } from '../errors/index.js';

const toId: PipeTransform<string, number> = {
  transform(text) {
    const id = Number(text);
    // What cannot be an id names nothing: the same answer as an id that is not there.
    if (!/^[1-9]\d{0,15}$/.test(text) || !Number.isSafeInteger(id)) throw new NotFound('resource');
    return id;
  },
};

/** The id in a route's path. */
export const IdParam =
  (name = 'id'): ParameterDecorator =>
  (target, key, index) => {
    Param(name, toId)(target, key, index);
    const descriptor = key && Object.getOwnPropertyDescriptor(target, key);
    if (descriptor) ApiParam({ name, type: 'integer' })(target, key, descriptor);
  };
