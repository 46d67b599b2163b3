const list = (words: string): readonly string[] => words.split(' ');

export const FIRST_NAMES = list(
  'Adele Agnès Alan Alba Amanda Anders Anna Anton Beatrice Björn Brenda Bruno Camille Carl Carla Chloé Clara Conrad Dagmar Dana David Diego ' +
    'Elena Elif Emil Emma Erik Esra Fatima Felix Fiona François Frida Georg Giulia Greta Gustav Hana Hanna Helga Henrik Hugo Ida Ines Ingrid ' +
    'Irene Ivan Jakub Jana Jean Jonas Julia Jürgen Karin Karla Kofi Lars Laura Léa Leo Leonie Linh Louis Lucía Luka Magda Maja Mara Marco Maria ' +
    'Mateo Max Mehmet Mia Mila Nadia Nils Nina Noah Nora Olga Olivia Omar Oskar Paula Pavel Pedro Petra Priya Rafael Renata René Rosa Ruben ' +
    'Samir Sara Selma Simon Sofia Søren Tara Thea Thomas Tomas Ulla Uwe Vera Viktor Wanda Yara Yusuf Zoë Zora',
);

export const LAST_NAMES = list(
  'Abel Adams Ahmed Alvarez Andersson Bailey Baker Bauer Becker Bell Bianchi Böhm Brandt Brown Campbell Carvalho Castro Chen Clark Cole Cruz ' +
    'Dahl Davies Diaz Dubois Duarte Dvořák Eriksen Evans Faber Ferrari Fischer Fontaine Foster Garcia Gómez Green Gruber Haas Hall Hansen Hayes ' +
    'Horvat Huber Ivanov Jansen Jensen Johansson Jones Kaya Keller Khan Kim Klein Koch Kowalski Kumar Lambert Lang Larsen Lee Lehmann Lewis Lopez ' +
    "Marino Martin Meyer Miller Molina Moreau Müller Nguyen Nielsen Novak Núñez O'Brien O'Hara Olsen Öztürk Park Patel Peeters Peters Petit Popescu " +
    'Quint Reyes Ricci Richter Roberts Romano Rossi Roth Ruiz Sanchez Santos Sato Schmid Schröder Scott Silva Singh Smith Sørensen Stein Suzuki ' +
    'Taylor Torres Turner Urban Vogel Wagner Walker Wang Weber Weiß White Wilson Winter Wolf Wright Yilmaz Young Zeman Ziegler',
);

export const COMPANY_NAMES = list(
  'Acme Aero Alpine Amber Apex Arctic Atlas Aurora Baltic Beacon Bluewater Boreal Bridge Bronze Canyon Cedar Cobalt Copper Coral Crown Crystal ' +
    'Delta Eagle Ember Falcon Fjord Forge Garnet Glacier Golden Granite Harbor Hawk Helix Horizon Indigo Iron Ivory Jade Juniper Keystone Lakeside ' +
    'Laurel Liberty Lumen Maple Marble Meridian Midland Nordic Northern Nova Oak Ocean Olive Onyx Orbit Orion Pacific Pearl Pine Pioneer Prairie ' +
    'Quartz Raven Redwood Ridge River Royal Sable Saffron Sierra Silver Solar Sterling Summit Sunrise Terra Tidal Titan Topaz Trident Union Valley ' +
    'Vector Velvet Vertex Violet Vista Vulcan Walnut Western Willow Zenith Zephyr',
);

export const COMPANY_KINDS = list(
  'Adhesives Automation Bearings Castings Chemicals Components Controls Electrics Fasteners Filters Foods Furniture Glass Hydraulics Industrial ' +
    'Instruments Lighting Logistics Machinery Materials Medical Metals Motors Optics Packaging Paints Paper Pharma Plastics Polymers Pumps Robotics ' +
    'Safety Seals Services Steel Supplies Systems Textiles Tools Trading Valves Wires',
);

export const ROLE_LABELS = list('Accountant Approver Auditor Engineer Planner Purchaser Receiver Supervisor');

/** Scrambles a number and a salt into 32 bits, the same at every run. */
export function scramble(number: number, salt: number): number {
  let bits = Math.imul(number ^ (salt * 0x9e3779b9), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** One of the choices, as `scramble` has it; the first ones more often than the last, as names are. */
export function pick<T>(choices: readonly T[], number: number, salt: number): T {
  const place = (scramble(number, salt) / 2 ** 32) ** 1.5;
  return choices[Math.floor(place * choices.length)] as T;
}

/** True for `share` of the numbers. */
export const isOneOf = (share: number, number: number, salt: number): boolean => scramble(number, salt) / 2 ** 32 < share;
