import { ApiExtension } from '@nestjs/swagger';

/** What these decorators tell the OpenAPI documents, which take it out again. */
export const UNVERSIONED = 'x-unversioned';
export const ALSO_ANSWERS = 'x-also-answers';

/** For what has no version of its own: `If-Match` means nothing there. */
export const Unversioned = () => ApiExtension(UNVERSIONED, true);

/** Documents problems that the path and the access rule do not give away, such as 403 on a public route. */
export const AlsoAnswers = (...statuses: number[]) => ApiExtension(ALSO_ANSWERS, statuses);
