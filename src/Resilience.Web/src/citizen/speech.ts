// The device's own voice, and only one that speaks the text's language: an English voice reading Dzongkha helps nobody.

const base = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];

function findVoice(language: string): SpeechSynthesisVoice | undefined {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find(v => v.lang.toLowerCase() === language.toLowerCase()) ?? voices.find(v => base(v.lang) === base(language));
}

export const canSpeak = (language: string): boolean => findVoice(language) !== undefined;

export function speak(text: string, language: string, ended: () => void): void {
  stopSpeaking();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language;
  said.voice = findVoice(language) ?? null;
  // A little slower than usual: it is listened to in noise and fear.
  said.rate = 0.9;
  said.onend = ended;
  said.onerror = ended;
  speechSynthesis.speak(said);
}

export const stopSpeaking = (): void => { globalThis.speechSynthesis?.cancel(); };
