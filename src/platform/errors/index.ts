export { DomainError, InvalidInput, MemberConflict, memberOf, NotFound, type ErrorKind, type MemberFault } from './domain-error.js';
