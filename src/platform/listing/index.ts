/** The language of lists: what a resource lets clients filter and sort by, compiled into indexed queries with keyset paging. */
export { ApiListing } from './api-listing.decorator.js';
export type { ListingDefinition, Search } from './definition.js';
export type { ColumnField, Field, Kind, Matches, Operator, Parameter, RelatedField } from './fields.js';
export { ListQuery } from './list-query.decorator.js';
export { defineListing, Listing, type RequestOf } from './listing.js';
export { type OwnReading, readingOtherwise } from './reading-otherwise.js';
export type { ListRequest, Page, PageInfo } from './request.js';
export type { StructuredFilter } from './structured-filter.js';
export { joinWords, wordsOf } from './words.js';
