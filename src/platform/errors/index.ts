export { DomainError, InvalidInput, NotFound, type ErrorKind, type MemberFault } from './domain-error.js';
