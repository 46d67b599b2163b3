/** Members whose values say nothing of who somebody is. */
const IMPERSONAL = new Set<string>([
  ...['enabled', 'confirmed', 'guest', 'passwordStatus', 'customerId', 'ownerId', 'salesRepresentativeIds', 'websiteId'],
  ...['preferredLocalizationId', 'roleIds'],
]);

/** Whether a member that the history tells of may say who somebody is: what is not known to be without is taken to say it. */
export const isPersonal = (member: string): boolean => !IMPERSONAL.has(member);

/** Those of his own row. */
export const SAYING_WHO = [
  ...(['email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone', 'externalId'] as const),
];
