export class PlaceView {
  /** ISO 3166-1 alpha-2 of a country, ISO 3166-2 of a region. */
  code: string;
  name: string;
}

export class PlacesView {
  items: PlaceView[];
}
