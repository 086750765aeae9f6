// GSM 7-bit default alphabet (3GPP 23.038). One letter outside it turns a whole SMS or cell broadcast into 16 bits a letter.
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const extended = new Set('^{}\\[~]|€');

export interface Length { used: number; gsm7: boolean; parts: number }

/** How long a text is as SMS: 160 or 70 in one part, 153 or 67 in each of several. */
export function smsLength(text: string): Length {
  const letters = [...text];
  const gsm7 = letters.every((c) => basic.has(c) || extended.has(c));
  const used = gsm7 ? letters.reduce((n, c) => n + (extended.has(c) ? 2 : 1), 0) : text.length;
  const [one, more] = gsm7 ? [160, 153] : [70, 67];
  return { used, gsm7, parts: used <= one ? 1 : Math.ceil(used / more) };
}

/** The most letters a cell broadcast of 15 pages carries in this text's alphabet. */
export const cellBroadcastMost = (text: string): number => (smsLength(text).gsm7 ? 1395 : 615);

/** Cuts at a word, for previews of channels that cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most - 1);
  const space = short.lastIndexOf(' ');
  return `${short.slice(0, space > most * 0.6 ? space : most - 1)}…`;
}
