import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidInput, type MemberFault } from '../errors/index.js';

/** The stable codes of broken rules, by class-validator's names for them; others are their name in snake case. */
const CODES: Record<string, string> = {
  whitelistValidation: 'unknown_member',
  isString: 'not_a_string',
  isInt: 'not_an_integer',
  isNumber: 'not_a_number',
  isBoolean: 'not_a_boolean',
  isArray: 'not_an_array',
  isObject: 'not_an_object',
  nestedValidation: 'not_an_object',
  isFlatList: 'not_an_object',
  isIn: 'not_one_of',
  isEnum: 'not_one_of',
  maxLength: 'too_long',
  minLength: 'too_short',
  min: 'too_small',
  max: 'too_large',
  matches: 'malformed',
  isEmail: 'not_an_email',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_few',
  arrayNotEmpty: 'too_few',
  arrayUnique: 'repeated',
};

const TYPE_RULES = new Set([
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isArray',
  'isObject',
  'nestedValidation',
  'isFlatList',
  'whitelistValidation',
]);

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Checks every body against its class: unknown members, wrong types and broken rules, all in one answer. */
export const validationPipe = () =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    // Without the value, a member with faults within looks like one that is missing.
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => new InvalidInput(errors.flatMap((error) => faultsOf(error, ''))),
  });

function faultsOf(error: ValidationError, parent: string): MemberFault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  // What is within a value of the wrong type says nothing more.
  const within = Object.keys(error.constraints ?? {}).some((rule) => TYPE_RULES.has(rule)) ? [] : (error.children ?? []);
  return [...ownFaults(error, pointer), ...within.flatMap((child) => faultsOf(child, pointer))];
}

function ownFaults({ constraints = {}, value, property }: ValidationError & { value?: unknown }, pointer: string): MemberFault[] {
  const broken = Object.entries(constraints);
  if (broken.length === 0) return [];
  if (value === undefined && !('whitelistValidation' in constraints))
    return [{ pointer, code: 'required', detail: `${property} is required.` }];
  // A value of the wrong type breaks every other rule as well: saying so once is enough.
  const wrongType = broken.filter(([rule]) => TYPE_RULES.has(rule));
  return (wrongType.length > 0 ? wrongType.slice(0, 1) : broken).map(([rule, message]) => ({
    pointer,
    code: CODES[rule] ?? snakeCase(rule),
    detail: rule === 'whitelistValidation' ? `${property} is not a member that this accepts.` : `${message.replace(/\.$/, '')}.`,
  }));
}
