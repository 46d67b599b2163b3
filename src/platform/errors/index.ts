export { DomainError, InvalidInput, memberOf, NotFound, type ErrorKind, type MemberFault } from './domain-error.js';
