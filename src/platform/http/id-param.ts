import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { NotFound } from '../errors/index.js';

/** The text of the path: the pipe that checks bodies would make a number of `01` or `1e0` first. */
const idIn = createParamDecorator((name: string, execution: ExecutionContext): number => {
  const { params } = execution.switchToHttp().getRequest<{ params: Record<string, string> }>();
  const text = params[name] ?? '';
  const id = Number(text);
  // What cannot be an id names nothing: the same answer as an id that is not there.
  if (!/^[1-9]\d{0,15}$/.test(text) || !Number.isSafeInteger(id)) throw new NotFound('resource');
  return id;
});

/** The id in a route's path. */
export const IdParam =
  (name = 'id'): ParameterDecorator =>
  (target, key, index) => {
    idIn(name)(target, key, index);
    const descriptor = key && Object.getOwnPropertyDescriptor(target, key);
    if (descriptor) ApiParam({ name, type: 'integer' })(target, key, descriptor);
  };
