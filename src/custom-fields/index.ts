/** Members that organizations give their customers and customer users, and what those hold. */
export { CustomFieldValues } from './custom-field-values.js';
export { CustomFieldView } from './custom-fields.dto.js';
export { CustomFieldsModule } from './custom-fields.module.js';
export { FieldSet, type FieldValues, type GivenValues, type KeptValues, type Written } from './field-set.js';
export { type FieldType, type FieldValue, readValue } from './field-types.js';
export { IsCustomFields } from './member-rules.js';
