// The instruction of an alert as numbered steps, each with the picture its verb asks for.

export type PictogramName =
  | 'uphill' | 'indoors' | 'leave' | 'river' | 'noDrive' | 'power' | 'boil' | 'medicine' | 'radio' | 'neighbours' | 'phone' | 'act';

export interface Step { text: string; picture: PictogramName; dont: boolean }

/** First match wins, so the more particular comes first: "do not drive" before "leave". */
const PICTURES: readonly [RegExp, PictogramName][] = [
  [/\b(drive|driving|car|vehicle|road)\b/i, 'noDrive'],
  [/\b(higher|high ground|uphill|upstairs|upper floor|climb)\b/i, 'uphill'],
  [/\b(boil|drinking water|clean water|safe water|treat(ed)? water)\b/i, 'boil'],
  [/\b(electric\w*|power|gas|switch off|turn off)\b/i, 'power'],
  [/\b(medicines?|medication|documents?|papers|bag|belongings)\b/i, 'medicine'],
  [/\b(radio|listen|follow (the )?(news|advice|updates)|wait for)\b/i, 'radio'],
  [/\b(neighbou?rs?|elderly|children|livestock|animals|family|others|help (people|those))\b/i, 'neighbours'],
  [/\b(call|phone|dial|ring)\b/i, 'phone'],
  [/\b(indoors?|inside|shelter|stay (at )?home|windows)\b/i, 'indoors'],
  [/\b(leave|evacuate|get out|move away|go now|move out)\b/i, 'leave'],
  [/\b(river\w*|bank\w*|bridge\w*|stream\w*|flood ?water|water|valley|shore\w*|lake\w*)\b/i, 'river'],
];

export function listSteps(instruction: string): Step[] {
  return instruction
    .split(/(?<=[.!?।།])\s+|\n+|;\s+/u)
    .map(part => part.replace(/^\s*(?:[-•*]|\d+[.)])\s*/, '').trim())
    // "Until 18:28 on Monday." is no step; the page says it under its own heading.
    .filter(part => part.length > 0 && !/^until\b/i.test(part))
    .map(text => ({ text, picture: pictureFor(text), dont: /\b(do not|don['’]t|never|avoid)\b/i.test(text) }));
}

export function pictureFor(text: string): PictogramName {
  return PICTURES.find(([words]) => words.test(text))?.[1] ?? 'act';
}
