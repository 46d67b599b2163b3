import { ApiExtension } from '@nestjs/swagger';

/** What these decorators tell the OpenAPI documents, which take it out again. */
export const UNVERSIONED = 'x-unversioned';
export const ALSO_ANSWERS = 'x-also-answers';
export const OWN_REFUSALS = 'x-own-refusals';

/** For what has no version of its own: `If-Match` means nothing there. */
export const Unversioned = () => ApiExtension(UNVERSIONED, true);

/** Documents problems that the path and the access rule do not give away, such as 403 on a public route. */
export const AlsoAnswers = (...statuses: number[]) => ApiExtension(ALSO_ANSWERS, statuses);

/** For what refuses in another form than that of problems: the route documents its refusals itself, all of them. */
export const OwnRefusals = () => ApiExtension(OWN_REFUSALS, true);
