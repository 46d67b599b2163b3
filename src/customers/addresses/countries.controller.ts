import { Get, Param } from '@nestjs/common';
import { Authenticated } from '../../platform/authorization/index.js';
import { NotFound } from '../../platform/errors/index.js';
import { AdminController } from '../../platform/http/index.js';
import { PlacesView } from './countries.dto.js';
import { countries } from './countries.js';

const byName = (names: ReadonlyMap<string, string>): PlacesView => ({
  items: [...names].map(([code, name]) => ({ code, name })).sort((one, other) => one.name.localeCompare(other.name, 'en')),
});

/** What addresses may name, for forms to offer. */
@AdminController('countries', 'Addresses')
export class CountriesController {
  /** All countries, by name. */
  @Get()
  @Authenticated({ applications: true })
  async list(): Promise<PlacesView> {
    return byName((await countries()).names);
  }

  /** The regions of a country, by name; an empty list for a country that has none. */
  @Get(':code/regions')
  @Authenticated({ applications: true })
  async regions(@Param('code') code: string): Promise<PlacesView> {
    const { names, regions } = await countries();
    if (!names.has(code)) throw new NotFound('country');
    return byName(regions.get(code) ?? new Map());
  }
}
