/** Says whether records of a feature need a website, where no foreign key does. Features provide it, by extending the class. */
export abstract class WebsiteUse {
  abstract uses(websiteId: number): Promise<boolean>;
}
