import { expect, it } from 'vitest';
import { listSteps } from './doNow';

it('numbers an instruction and gives each step its picture', () => {
  expect(listSteps('MOVE uphill now. TAKE your family and medicine. Do NOT drive through water. Boil water before you drink it.')).toEqual([
    { text: 'MOVE uphill now.', picture: 'uphill', dont: false },
    { text: 'TAKE your family and medicine.', picture: 'medicine', dont: false },
    { text: 'Do NOT drive through water.', picture: 'noDrive', dont: true },
    { text: 'Boil water before you drink it.', picture: 'boil', dont: false },
  ]);
});

it('reads lines and marks as steps too, and has a picture for what it does not know', () => {
  expect(listSteps('1. Leave the valley\n- Stay calm\n\n').map(s => [s.text, s.picture])).toEqual([['Leave the valley', 'leave'], ['Stay calm', 'act']]);
});

it('splits scripts that end a sentence in their own way', () => expect(listSteps('माथि जानुहोस्। रेडियो सुन्नुहोस्।')).toHaveLength(2));

it('does not count the end of the warning as something to do', () => {
  expect(listSteps('MOVE uphill now. Until 18:28 on Monday.').map(s => s.text)).toEqual(['MOVE uphill now.']);
});
