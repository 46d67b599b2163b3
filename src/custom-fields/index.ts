/** Members that organizations give their customers and customer users, and what those hold. */
export { CustomFieldValues } from './custom-field-values.js';
export { CustomFieldView } from './custom-fields.dto.js';
export { CustomFieldsModule } from './custom-fields.module.js';
export type { FieldValues, GivenValues, KeptValues, Written } from './field-set.js';
export { IsCustomFields } from './member-rules.js';
