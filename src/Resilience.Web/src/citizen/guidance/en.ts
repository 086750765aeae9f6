// What to do before, during and after: short, verbs first, written for this project. It names no office and no number that could be wrong elsewhere.
import type { HazardKind } from '../../shared/api';
import type { PictogramName } from '../pure/doNow';

export interface Advice { picture: PictogramName; text: string }
export interface Guide { id: string; kinds: HazardKind[]; name: string; sign: string; before: Advice[]; during: Advice[]; after: Advice[] }

export const guides: readonly Guide[] = [
  {
    id: 'flood', kinds: ['RiverFlood', 'HeavyRain'], name: 'River flood',
    sign: 'Danger signs: water rises fast, turns brown, or carries branches.',
    before: [
      { picture: 'uphill', text: 'Choose a high place you can reach on foot. Walk there once.' },
      { picture: 'medicine', text: 'Pack medicine, papers, water and a lamp in one bag.' },
      { picture: 'power', text: 'Learn where to switch off electricity and gas.' },
      { picture: 'neighbours', text: 'Agree who helps the old, the ill and the children.' },
    ],
    during: [
      { picture: 'uphill', text: 'Move to high ground at once. Do not wait to see the water.' },
      { picture: 'noDrive', text: 'Do NOT walk or drive through moving water.' },
      { picture: 'river', text: 'Stay away from banks and bridges.' },
      { picture: 'power', text: 'Switch off electricity, if you can do it with dry feet.' },
      { picture: 'indoors', text: 'If water traps you, climb to the highest floor and signal.' },
    ],
    after: [
      { picture: 'radio', text: 'Go back only when you are told it is safe.' },
      { picture: 'boil', text: 'Boil water before you drink it.' },
      { picture: 'power', text: 'Keep electricity off until someone has checked it.' },
      { picture: 'river', text: 'Keep away from weakened banks, walls and bridges.' },
    ],
  },
  {
    id: 'glacial', kinds: ['GlacialLakeOutburst'], name: 'Glacial lake flood',
    sign: 'Danger signs: a roar from up the valley, shaking ground, or a river that suddenly drops.',
    before: [
      { picture: 'uphill', text: 'Find the shortest path up and away from the river.' },
      { picture: 'radio', text: 'Learn the sound of the siren in your valley.' },
      { picture: 'medicine', text: 'Keep a small bag ready at the door.' },
    ],
    during: [
      { picture: 'uphill', text: 'Climb straight uphill now. Every metre counts.' },
      { picture: 'leave', text: 'Leave things behind. Take people only.' },
      { picture: 'noDrive', text: 'Do NOT try to outrun it along the valley road.' },
      { picture: 'river', text: 'Stay up. More than one wave may come.' },
    ],
    after: [
      { picture: 'radio', text: 'Stay on high ground until the all clear.' },
      { picture: 'neighbours', text: 'Count your family and neighbours. Report who is missing.' },
      { picture: 'boil', text: 'Boil water before you drink it.' },
    ],
  },
  {
    id: 'landslide', kinds: ['Landslide'], name: 'Landslide',
    sign: 'Danger signs: new cracks, leaning trees, or a spring that turns muddy.',
    before: [
      { picture: 'river', text: 'Notice slopes, cracks and old slides near your home.' },
      { picture: 'leave', text: 'Plan a way out that does not follow the slope.' },
    ],
    during: [
      { picture: 'leave', text: 'Leave sideways, out of its path. Do not run downhill.' },
      { picture: 'indoors', text: 'If you cannot leave, go upstairs, on the side away from the slope.' },
      { picture: 'noDrive', text: 'Do NOT drive on roads below steep slopes.' },
    ],
    after: [
      { picture: 'leave', text: 'Stay off the slide. More may come down.' },
      { picture: 'neighbours', text: 'Listen for people who are trapped, without entering.' },
      { picture: 'phone', text: 'Report broken roads, pipes and power lines.' },
    ],
  },
  {
    id: 'earthquake', kinds: ['Earthquake'], name: 'Earthquake',
    sign: 'There is seldom a sign. Shaking may come again for days.',
    before: [
      { picture: 'indoors', text: 'Fix shelves and heavy things to the wall.' },
      { picture: 'neighbours', text: 'Agree on an open place to meet.' },
    ],
    during: [
      { picture: 'indoors', text: 'Inside: drop, get under a table, hold on.' },
      { picture: 'leave', text: 'Outside: move away from walls, wires and slopes.' },
      { picture: 'noDrive', text: 'In a car: stop in an open place and stay in.' },
    ],
    after: [
      { picture: 'leave', text: 'Go out when the shaking stops. Use stairs, never a lift.' },
      { picture: 'power', text: 'Switch off gas and electricity. Do NOT light a flame.' },
      { picture: 'radio', text: 'Expect more shaking. Listen to the radio.' },
    ],
  },
  {
    id: 'storm', kinds: ['Storm'], name: 'Storm',
    sign: 'Danger signs: dark fast clouds, sudden cold wind, or thunder.',
    before: [
      { picture: 'indoors', text: 'Tie down or bring in what the wind could carry.' },
      { picture: 'power', text: 'Charge phones and lamps.' },
    ],
    during: [
      { picture: 'indoors', text: 'Stay indoors, away from windows.' },
      { picture: 'leave', text: 'Outside: leave trees, ridges and metal fences.' },
      { picture: 'noDrive', text: 'Do NOT drive. Trees and wires may fall.' },
    ],
    after: [
      { picture: 'power', text: 'Keep away from fallen wires. Treat them as live.' },
      { picture: 'neighbours', text: 'Look after neighbours who live alone.' },
    ],
  },
  {
    id: 'wildfire', kinds: ['Wildfire'], name: 'Wildfire',
    sign: 'Danger signs: smoke that thickens, falling ash, or wind that turns towards you.',
    before: [
      { picture: 'leave', text: 'Know two ways out of your village.' },
      { picture: 'medicine', text: 'Keep papers, medicine and masks in one bag.' },
    ],
    during: [
      { picture: 'leave', text: 'Leave early, away from the smoke.' },
      { picture: 'indoors', text: 'If you cannot leave, close all windows and doors.' },
      { picture: 'uphill', text: 'Do NOT climb uphill. Fire runs faster up than down.' },
    ],
    after: [
      { picture: 'radio', text: 'Return only when you are told it is safe.' },
      { picture: 'leave', text: 'Watch for glowing roots and falling trees.' },
    ],
  },
];

/** The guide for an alert's event words ("Flood", "Landslide warning"); null when we have none to give. */
export function findGuide(event: string): Guide | null {
  const tests: [RegExp, string][] = [
    [/glacial|glof|outburst/i, 'glacial'], [/flood|rain|water/i, 'flood'], [/slide|mud ?flow|debris/i, 'landslide'],
    [/earthquake|seismic/i, 'earthquake'], [/fire/i, 'wildfire'], [/storm|wind|thunder|cyclone/i, 'storm'],
  ];
  const id = tests.find(([pattern]) => pattern.test(event))?.[1];
  return guides.find(g => g.id === id) ?? null;
}
